"""``safeschedule verify`` and ``safeschedule export``."""

import json
from pathlib import Path

import pytest

from safeschedule import Verification
from tests.cli.conftest import run


def test_a_compliant_schedule_ends_with_0(problem: Path, schedule: Path) -> None:
    """A good schedule would be refused."""
    done = run("verify", problem, schedule)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Compliant")


def test_a_broken_schedule_ends_with_1_and_names_the_rule(problem: Path, broken_schedule: Path) -> None:
    """A week with somebody in two places would pass."""
    done = run("verify", problem, broken_schedule)
    assert (done.returncode, done.stderr) == (1, "")
    assert "no_overlap (physical)" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_json_holds_the_whole_account(problem: Path, broken_schedule: Path) -> None:
    """A program would miss parts of the account."""
    done = run("verify", problem, broken_schedule, "--json")
    assert done.returncode == 1
    account = json.loads(done.stdout)
    assert account["warnings"] == []
    assert {"compliant", "findings", "amounts", "penalties", "off", "problem_hash"} <= set(account)
    assert Verification.from_dict(account).to_dict() == account
    assert account["compliant"] is False
    assert "no_overlap" in {finding["rule"] for finding in account["findings"]}


@pytest.mark.parametrize("stream", ["problem", "schedule"])
def test_either_file_may_come_from_standard_input(stream: str, problem: Path, schedule: Path) -> None:
    """A pipe could not carry the problem or the schedule."""
    files = {"problem": problem, "schedule": schedule}
    text = files[stream].read_text(encoding="utf-8")
    arguments = ["-" if name == stream else path for name, path in files.items()]
    assert run("verify", *arguments, stdin=text).returncode == 0


def test_both_cannot_come_from_standard_input() -> None:
    """The second file would silently be empty."""
    assert run("verify", "-", "-", stdin="{}").returncode == 2


@pytest.mark.parametrize(("form", "word"), [("csv", "therapy"), ("html", "<html")])
def test_export_writes_a_file(form: str, word: str, problem: Path, schedule: Path, tmp_path: Path) -> None:
    """A rota could not be handed on."""
    done = run("export", form, problem, schedule, "-o", f"rota.{form}", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"Written: rota.{form}\n")
    assert word in (tmp_path / f"rota.{form}").read_text(encoding="utf-8")


def test_export_writes_a_calendar_for_each(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """Somebody would be without a calendar."""
    assert run("export", "ics", problem, schedule, "-o", tmp_path / "calendars").returncode == 0
    assert {path.name for path in (tmp_path / "calendars").iterdir()} == {"S1.ics", "S2.ics"}


@pytest.mark.parametrize(
    "arguments", [("pdf", "-o", "rota.pdf"), ("csv", "-o", "-"), ("csv", "-o", "no/rota.csv")]
)
def test_export_refuses_what_it_cannot_write(
    arguments: tuple[str, ...], problem: Path, schedule: Path
) -> None:
    """A wrong form or place would pass for done."""
    form, *rest = arguments
    done = run("export", form, problem, schedule, *rest)
    assert (done.returncode, done.stdout) == (2, "")
