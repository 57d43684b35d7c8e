from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from safeschedule.exchange.formats.workbook import FORMAT
from safeschedule.exchange.problem_file import read_problem_file
from safeschedule.exchange.workbook import workbook_problem, write_workbook
from safeschedule.problem import (
    Clinician,
    Problem,
    Rulebook,
    RuleSetting,
    WorkingPeriod,
)
from safeschedule.samples import PROFILES, generate
from safeschedule.testing.strategies.problems import sound_problems
from tests.support.codes import coded_problems

pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")


def again(problem: Problem, folder: Path) -> Problem:
    """Return a problem as it comes back from its workbook, in which nothing had to be interpreted."""
    path = folder / "team.xlsx"
    write_workbook(problem, path)
    reading = workbook_problem(path)
    assert [str(located.fault) for located in reading.faults] == []
    assert reading.lines() == []
    return reading.require()


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(sound_problems(max_clinicians=4, max_sessions=6, max_days=6))
def test_round_trip(tmp_path: Path, problem: Problem) -> None:
    """Otherwise a team that keeps its week in a workbook would plan another week than it wrote down."""
    assert again(problem, tmp_path) == problem


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(coded_problems)
@pytest.mark.slow
def test_codes_of_every_sort_come_back(tmp_path: Path, problem: Problem) -> None:
    """Otherwise 0042 would come back as 42, and a code with a comma as two."""
    assert again(problem, tmp_path) == problem


@pytest.mark.parametrize(
    "parameters",
    [
        {"day": 4, "week": 20},
        {"meal_from": "11:30"},
        {"share": "0.4"},
        {"names": ["a", "b, c"], "none": []},
        {"table": {"default": 6, "trainee": 3, "x, y": "3", "z = 1": 2.5}},
        {"flag": True, "text": "yes", "number": 1.5, "odd": "json: 1", "blank": " ", "word": "4"},
    ],
    ids=lambda parameters: "-".join(parameters),
)
def test_parameters_of_rules_come_back(tmp_path: Path, parameters: dict[str, object]) -> None:
    """Otherwise a rule would be kept with another limit than the rulebook says."""
    from safeschedule.exchange.workbook.kinds import Around, Cell
    from safeschedule.exchange.workbook.layout.rules import value_kind

    del tmp_path
    for rule in ("session_limits", "unknown_rule"):
        for name, value in parameters.items():
            kind = value_kind(rule, name)
            back = kind.read([Cell(kind.write(value)[0])], Around())
            assert (back, type(back)) == (value, type(value))


def test_a_rule_without_parameters_comes_back(tmp_path: Path) -> None:
    """Otherwise a rule that is switched off would be on again."""
    rules = {"fair_load": RuleSetting(enabled=False), "breaks": RuleSetting(hard=True, weight=3)}
    period = WorkingPeriod(day="mon", start="09:00", end="17:00")
    team = (Clinician(id="C1", working=(period,), is_supervisor=True),)
    problem = Problem(week_start="2026-10-05", clinicians=team, rulebook=Rulebook(rules=rules))
    assert again(problem, tmp_path) == problem


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_generated_team_comes_back(tmp_path: Path, profile: str) -> None:
    """Otherwise something that drawn problems do not have, such as nights, would be lost."""
    problem = generate(5, seed=3, profile=profile, features=("all",))
    assert again(problem, tmp_path) == problem


def test_every_command_that_reads_a_problem_reads_a_workbook(tmp_path: Path) -> None:
    """Otherwise a team would have to make a JSON file of its workbook first."""
    problem = generate(2, seed=1)
    write_workbook(problem, tmp_path / "team.xlsx")
    assert read_problem_file(tmp_path / "team.xlsx") == (problem, ())
    assert FORMAT.imports is not None


def test_the_same_problem_gives_the_same_file(tmp_path: Path) -> None:
    """Otherwise a workbook under version control would change although nothing did."""
    problem = generate(2, seed=1)
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(problem, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
