"""``safeschedule messages``."""

import json
from pathlib import Path

import pytest

from safeschedule.cli import messages as command
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
