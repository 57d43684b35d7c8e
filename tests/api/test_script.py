"""Scripts: short, with plain values, and right for type checkers."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from safeschedule import ArgumentError, Hours, InputError, Problem
from safeschedule.problem import faults
from tests.api import script

HERE = Path(__file__).parent


def test_a_team_of_eight_takes_a_dozen_lines() -> None:
    """Otherwise whoever tries the library would begin with nested dictionaries."""
    problem = script.team()
    assert len(problem.clinicians) == 8
    assert faults.find(problem) == ()


def test_plain_values_become_what_the_models_hold() -> None:
    """Otherwise type checkers would be told what does not happen."""
    problem = script.everything()
    assert script.first_day(problem) == date(2026, 10, 5)
    assert Problem.from_dict(problem.to_dict()) == problem


@pytest.mark.parametrize(
    ("days", "given", "expected"),
    [
        ("mon-fri", ("09:00", "17:00"), [(day, 540, 1020) for day in ("mon", "tue", "wed", "thu", "fri")]),
        ("sat-mon", (0, "24:00"), [(day, 0, 1440) for day in ("sat", "sun", "mon")]),
        ("mon, wed wed", ("09:00", 600), [("mon", 540, 600), ("wed", 540, 600)]),
        ("sun", ("21:00", "07:00"), [("sun", 1260, 420)]),
    ],
)
def test_days_and_times_are_those_of_the_text(
    days: str, given: tuple[str | int, str | int], expected: list[tuple[str, int, int]]
) -> None:
    """Otherwise a team would work at other times than its script says."""
    found = Hours.weekly(days, *given)
    assert [(period.day, period.start, period.end) for period in found] == expected


def test_a_break_parts_a_day_and_a_night() -> None:
    """Otherwise a session could lie in somebody's unpaid lunch."""
    day = Hours.weekly("mon", "09:00", "17:00", breaks=[("10:30", "10:45"), ("12:00", "13:00")])
    assert [(p.start, p.end) for p in day] == [(540, 630), (645, 720), (780, 1020)]
    night = Hours.weekly("sun", "21:00", "07:00", breaks=[("01:00", "02:00")])
    assert [(p.day, p.start, p.end) for p in night] == [("sun", 1260, 60), ("mon", 120, 420)]


def test_all_faults_are_told_at_once() -> None:
    """Otherwise a slip in a day would be met after a slip in a time."""
    with pytest.raises(ArgumentError) as caught:
        Hours.weekly("mon-fry, xx", "9", "17:00", breaks=[("12:00", "25:00")])
    assert [fault.place for fault in caught.value.faults] == ["days", "days", "start", "breaks[0]"]
    for wrong in ([("08:00", "10:00")], [("12:00", "11:00")], [("12:00", "13:00"), ("12:30", "14:00")]):
        with pytest.raises(InputError):
            Hours.weekly("mon", "09:00", "17:00", breaks=wrong)
    with pytest.raises(InputError):
        Hours.weekly("", "09:00", "17:00")


@pytest.mark.slow
@pytest.mark.parametrize("plugin", ["", "[mypy]\nplugins = pydantic.mypy\n"], ids=["plain", "plugin"])
def test_mypy_takes_what_the_models_take(tmp_path: Path, plugin: str) -> None:
    """Otherwise whoever checks types would write tuples and decimals that nobody needs."""
    pytest.importorskip("mypy")
    settings = tmp_path / "mypy.ini"
    settings.write_text(plugin, encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--strict", "--config-file", settings, "--cache-dir", tmp_path)
    done = subprocess.run([*command, HERE / "script.py"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_pyright_takes_what_the_models_take(tmp_path: Path) -> None:
    """Otherwise an editor would underline half of a script that runs."""
    pytest.importorskip("basedpyright")
    file = tmp_path / "pyrightconfig.json"
    settings = {"include": [str(HERE / "script.py")], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    file.write_text(json.dumps(settings), encoding="utf-8")
    command = (
        Path(sys.executable).parent / "basedpyright",
        "--project",
        file,
        "--pythonpath",
        sys.executable,
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
