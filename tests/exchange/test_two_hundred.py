"""Two hundred drawn problems and weeks through each file that people open: equal when they come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from safeschedule.exchange.csv_rota import read_csv, write_csv
from safeschedule.exchange.rota_workbook import read_rota, rota_changes, write_rota
from safeschedule.exchange.workbook import workbook_problem, write_workbook
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from tests.exchange.drawing import COUNT, LENIENT, drawn_problems, drawn_weeks

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

pytestmark = [pytest.mark.slow, pytest.mark.long]

PARTS = ("appointments", "blocks", "left_out")


def parts(schedule: Schedule) -> dict[str, list[str]]:
    return {name: sorted(map(str, getattr(schedule, name))) for name in PARTS}


@settings(LENIENT, max_examples=COUNT)
@given(drawn_problems)
def test_problems_come_back_from_a_workbook(tmp_path: Path, problem: Problem) -> None:
    """Otherwise a team that keeps its week in a workbook would plan another one."""
    write_workbook(problem, tmp_path / "team.xlsx")
    reading = workbook_problem(tmp_path / "team.xlsx")
    assert [str(located.fault) for located in reading.faults] == []
    assert reading.problem == problem
    assert reading.lines() == []


@settings(LENIENT, max_examples=COUNT)
@given(drawn_weeks())
def test_weeks_come_back_from_a_table(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise the rota that was looked at in a spreadsheet would not be the one that is verified."""
    problem, schedule = week
    write_csv(problem, schedule, tmp_path / "rota.csv")
    assert parts(read_csv(problem, tmp_path / "rota.csv")) == parts(schedule)


@settings(LENIENT, max_examples=COUNT)
@given(drawn_weeks())
def test_weeks_come_back_from_a_rota_workbook(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise a rota that nobody has changed would be told as changed, or lose something."""
    problem, schedule = week
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    assert parts(read_rota(problem, tmp_path / "rota.xlsx")) == parts(schedule)
    assert rota_changes(problem, tmp_path / "rota.xlsx") == []
