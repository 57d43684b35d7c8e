"""``safeschedule intake``."""

import json
from pathlib import Path

import pytest

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify
from tests.cli.conftest import run, save

NEW = {
    "client": {"id": "NEW", "band": "low"},
    "request": {"id": "first", "client": "NEW", "session_type": "therapy"},
}


def test_intake_proposes_and_writes_what_is_taken(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """The first session would be somewhere else in the files than in the answer."""
    new = save(tmp_path, NEW, "new.json")
    told = json.loads(run("intake", problem, schedule, "--client", new, "--json").stdout)
    first = told["proposals"][0]["appointment"]
    taking = ("--take", "1", "-o", "week.json", "--problem-out", "team.json")
    done = run("intake", problem, schedule, "--client", new, *taking, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("NEW weighs 1 points. 2 can take the client:")
    team = Problem.model_validate_json((tmp_path / "team.json").read_text(encoding="utf-8"))
    week = Schedule.model_validate_json((tmp_path / "week.json").read_text(encoding="utf-8"))
    assert verify(team, week).compliant
    (given,) = [held for held in week.appointments if held.request == "first"]
    assert given.start.isoformat(timespec="minutes") == first["start"]


def test_when_nobody_can_the_status_is_1_and_the_reasons_are_told(
    problem: Path, schedule: Path, tmp_path: Path
) -> None:
    """A script would take a refusal for a place."""
    heavy = NEW | {"client": {"id": "NEW", "points": 500}}
    done = run("intake", problem, schedule, "--client", save(tmp_path, heavy, "new.json"), "--weeks", "2")
    assert (done.returncode, done.stderr) == (1, "")
    assert "NEW weighs 500 points. Nobody can in this week" in done.stdout
    assert "S1: Carries 6 points of 60." in done.stdout
    assert "An external referral." in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--waiting", "K1"),
        ("--waiting", "NOBODY"),
        ("--waiting", "K1", "--client", "new.json"),
        ("--client", "new.json", "--take", "1"),
        ("--client", "new.json", "-n", "0"),
        ("--client", "broken.json"),
    ],
)
def test_intake_refuses_what_cannot_be_meant(
    arguments: tuple[str, ...], problem: Path, schedule: Path, tmp_path: Path
) -> None:
    """A client of somebody's caseload would be given away by half of a command."""
    save(tmp_path, NEW, "new.json")
    save(tmp_path, {"client": {"id": " ", "band": 3}}, "broken.json")
    done = run("intake", problem, schedule, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
