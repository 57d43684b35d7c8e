"""The command as its users meet it: a process of its own, and real files."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "src"
COMMAND = (sys.executable, "-m", "safeschedule")
HOURS = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")]

Done = subprocess.CompletedProcess[str]


def environment(**extra: str) -> dict[str, str]:
    """Give the surroundings of a process that finds this checkout, 80 columns wide."""
    return os.environ | {"PYTHONPATH": str(SOURCE), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"} | extra


def run(
    *arguments: str | Path, stdin: str = "", cwd: Path | None = None, width: int = 80, timeout: int = 120
) -> Done:
    """Run the command with arguments to its end."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin,
        cwd=cwd,
        env=environment(COLUMNS=str(width)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


def tiny() -> dict[str, Any]:
    """Give a small problem as plain data: two clinicians, two days, three requests."""
    return {
        "name": "tiny",
        "week_start": "2026-10-05",
        "grid": 30,
        "clinicians": [
            {"id": "S1", "working": HOURS, "is_supervisor": True, "supervisor": "S2"},
            {"id": "S2", "working": HOURS, "is_supervisor": True, "supervisor": "S1"},
        ],
        "clients": [{"id": f"K{n}", "clinician": "S1"} for n in (1, 2, 3)],
        "session_types": [{"id": "therapy", "minutes": 60}],
        "requests": [{"id": f"R{n}", "client": f"K{n}", "session_type": "therapy"} for n in (1, 2, 3)],
    }


def save(folder: Path, content: Any, name: str = "problem.json") -> Path:
    """Write a file of JSON, or of text as it is."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of the small problem."""
    return save(tmp_path_factory.mktemp("tiny"), tiny())


@pytest.fixture(scope="session")
def planned(problem: Path) -> Done:
    """Solve the small problem once, with everything written; the files lie beside the problem."""
    folder = problem.parent
    return run("solve", problem, "-o", folder / "schedule.json", "--report", folder / "report", "--json")


@pytest.fixture(scope="session")
def schedule(planned: Done, problem: Path) -> Path:
    """Give the file of the small problem's schedule."""
    assert planned.returncode == 0, planned.stderr
    return problem.parent / "schedule.json"


@pytest.fixture(scope="session")
def broken_schedule(schedule: Path) -> Path:
    """Give a schedule in which one clinician has two sessions at once."""
    content = json.loads(schedule.read_text(encoding="utf-8"))
    first = content["appointments"][0]
    content["appointments"] += [first | {"request": "R9"}]
    return save(schedule.parent, content, "broken.json")
