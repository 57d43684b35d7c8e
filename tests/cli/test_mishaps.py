"""What the command says when the library fails, or has no numbers to give."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Done, environment

STUBBED = """
import sys, safeschedule.pipeline
from safeschedule.cli import main
from safeschedule.errors import DisagreementError

{body}

safeschedule.pipeline.solve = solve
main()
"""
DISAGREES = """
def solve(problem, **_):
    raise DisagreementError(["model: kept", "verifier: not kept"])
"""
FAILS = """
def solve(problem, **_):
    raise KeyError("secret")
"""
NOTHING_PLACED = """
from dataclasses import replace
right = safeschedule.pipeline.solve

def solve(problem, **options):
    return replace(right(problem, **options), objective=0.0, bound=1.0, gap=float("inf"))
"""


def stubbed(body: str, problem: Path, *arguments: str | Path) -> Done:
    """Run a solve of the command with another function in the library's place."""
    command = [sys.executable, "-c", STUBBED.format(body=body), "solve", problem, *arguments]
    return subprocess.run(
        [str(part) for part in command], env=environment(), capture_output=True, text=True, check=False
    )


def test_a_disagreement_gives_both_accounts_and_no_schedule(problem: Path, tmp_path: Path) -> None:
    """A schedule that one side refuses would be used."""
    done = stubbed(DISAGREES, problem, "-o", tmp_path / "schedule.json", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "model: kept" in done.stderr
    assert "verifier: not kept" in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_unexpected_error_is_one_line_without_the_input(problem: Path, tmp_path: Path) -> None:
    """A user would face a traceback, and a log might hold client data."""
    done = stubbed(FAILS, problem, "-o", tmp_path / "schedule.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "KeyError in solve" in done.stderr
    assert "secret" not in done.stderr


def test_an_infinite_gap_is_null(problem: Path, tmp_path: Path) -> None:
    """Other programs could not read the JSON: it has no infinity."""
    done = stubbed(NOTHING_PLACED, problem, "-o", tmp_path / "schedule.json", "--json", "--quiet")
    assert json.loads(done.stdout, parse_constant=lambda name: name)["gap"] is None
