"""``safeschedule messages``."""

import json
from pathlib import Path

import pytest

from safeschedule.cli import messages as command
from safeschedule.problem import read_problem
from tests.caseload.test_messages import asked, block, task
from tests.cli.conftest import run, save


def test_words_json_and_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody would see a list that is full, and not what fell off it."""
    team, schedule = asked([task("T1", 50, "2026-10-06T17:00")], [block("2026-10-06T11:00")])
    given = save(tmp_path, team.model_dump_json(), "team.json")
    week = save(tmp_path, schedule.model_dump_json(), "week.json")
    done = run("messages", given, week)
    assert (done.returncode, done.stderr) == (0, "")
    assert "message T1 (K1): 30 of 50 minutes" in done.stdout
    assert "no coordination time for 20 minutes" in " ".join(done.stdout.split())
    command.messages(str(given), str(week), as_json=True)
    assert [each["missing"] for each in json.loads(capsys.readouterr().out)["left"]] == [20]


def test_what_is_nobodys_is_given_to_who_is_proposed(tmp_path: Path) -> None:
    """A proposal could be read, and be accepted only by typing it in again."""
    late = "2026-10-06T17:00"
    team, schedule = asked([task("N1", 15, late, "W")], [block("2026-10-06T11:00")])
    given = save(tmp_path, team.model_dump_json(), "team.json")
    week = save(tmp_path, schedule.model_dump_json(), "week.json")
    done = run("messages", given, week, "--assign", tmp_path / "after.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "C1 could answer it on Tuesday 6 October, 11:00" in " ".join(done.stdout.split())
    assert read_problem(tmp_path / "after.json").tasks[0].clinician == "C1"
    assert "could answer" not in run("messages", tmp_path / "after.json", week).stdout
    assert run("messages", given, week, "--assign", given).returncode == 2
