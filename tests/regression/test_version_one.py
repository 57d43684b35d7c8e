"""Files of version 1 work in every command: planned, checked, asked about, exported, moved on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import run
from tests.regression.test_inputs import INPUTS


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a problem of version 1, its solved week, and changes to it."""
    folder = tmp_path_factory.mktemp("one")
    shutil.copy(INPUTS / "supervisor-ill.json", folder / "problem.json")
    shutil.copy(INPUTS / "supervisor-ill.changes.json", folder / "changes.json")
    problem, schedule = folder / "problem.json", folder / "schedule.json"
    assert json.loads(problem.read_text(encoding="utf-8"))["schema_version"] == "1"
    done = run("solve", problem, "-q", "-o", schedule, "--deterministic-limit", "0.5")
    assert done.returncode == 0, done.stderr
    given = json.loads(schedule.read_text(encoding="utf-8"))
    given["schema_version"] = "1"
    schedule.write_text(json.dumps(given), encoding="utf-8")
    return folder


COMMANDS = (
    "verify {problem} {schedule}",
    "explain {problem} {schedule}",
    "suggest {problem} {schedule} --request {request} --move",
    "check-move {problem} {schedule} --request {request} --to {start}",
    "replan {problem} {schedule} {changes} -q -o {out}/again.json --deterministic-limit 1",
    "stress {problem} {schedule} --urgent 1",
    "roll {problem} --weeks 1 --time-limit 3 -q -o {out}/roll",
    "export csv {problem} {schedule} -o {out}/csv",
    "export ics {problem} {schedule} -o {out}/ics",
    "export html {problem} {schedule} -o {out}/page.html",
    "contacts {problem}",
    "bands {problem}",
    "closures {problem}",
    "migrate {problem} -o {out}/two.json",
)


@pytest.mark.xdist_group("version one")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: " ".join(words.split()[:2]))
def test_each_command_takes_them(command: str, week: Path, tmp_path: Path) -> None:
    """If it fails, a clinic cannot go on with the files that it has."""
    appointment = json.loads((week / "schedule.json").read_text(encoding="utf-8"))["appointments"][0]
    words = command.format(
        problem=week / "problem.json",
        schedule=week / "schedule.json",
        changes=week / "changes.json",
        out=tmp_path,
        request=appointment["request"],
        start=appointment["start"],
    )
    done = run(*words.split())
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()
