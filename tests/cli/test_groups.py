"""``safeschedule groups``."""

import json
from pathlib import Path

import pytest

from safeschedule.cli import groups as command
from safeschedule.schedule import Schedule
from tests.caseload.team import client
from tests.caseload.test_groups import session, team
from tests.cli.conftest import run, save


def test_words_and_json_say_who_could_come_and_who_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A team lead would see who fits, and nobody who asks why not."""
    given = save(tmp_path, team(client("K1"), client("K2", band="high")).model_dump_json(), "team.json")
    held = Schedule.model_validate({"week_start": "2026-10-05", "appointments": [session("K1")]})
    week = save(tmp_path, held.model_dump_json(), "week.json")
    criteria = tmp_path / "groups.toml"
    criteria.write_text('[[groups]]\ngroup = "G"\nbands = ["moderate"]\n', encoding="utf-8")
    done = run("groups", given, week, "--criteria", criteria, "--why")
    assert (done.returncode, done.stderr) == (0, "")
    assert "On caseloads: K1 *." in done.stdout
    assert "K2: The band high is none of moderate." in done.stdout
    command.groups(str(given), str(week), str(criteria), as_json=True)
    (told,) = json.loads(capsys.readouterr().out)["groups"]
    assert [each["eligible"] for each in told["candidates"]] == [True, False]
