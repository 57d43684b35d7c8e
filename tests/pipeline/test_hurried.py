"""A solve in a hurry: with hardly any time a week is nearly full, and nothing fits that it leaves out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from benchmarks.peers.greedy import Greedy
from safeschedule import Problem, Result, solve, verify
from safeschedule.judging import objectives
from safeschedule.problem import read_problem
from safeschedule.samples import generate, sample
from safeschedule.schedule import Schedule
from safeschedule.solving.backend import Limits
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.suggesting import Desk
from tests.solving.weeks import hours

QUARTER = 0.05
"""Deterministic time for each clinician: to time everybody's week once takes about four times as much."""

MOMENT = 0.01
"""Deterministic time that nearly everything takes longer than."""

TWO_SITES = Path(__file__).with_name("weeks") / "two-sites.json"


def hurried(problem: Problem, limit: float, on_progress: OnProgress | None = None) -> Result:
    """Return the result of a solve that is ended early; assert that it is verified and says its bound."""
    result = solve(problem, deterministic_limit=limit, workers=2, on_progress=on_progress)
    assert result.schedule is not None, result.explanation
    assert verify(problem, result.schedule).compliant
    assert result.objective is not None
    assert result.bound is not None
    assert result.objective <= result.bound + 1e-6
    return result


def value(problem: Problem, schedule: Schedule) -> tuple[int, ...]:
    """Return the objective by tier of a schedule, strongest first."""
    return tuple(sum(parts.values()) for _, parts, _ in objectives(problem, verify(problem, schedule)))


def fitting(problem: Problem, schedule: Schedule) -> list[str]:
    """Return the requests left out for which there is a place that gains."""
    desk = Desk(problem, schedule)
    found = []
    for left in schedule.left_out:
        best = desk.suggest(left.request, 1).slots
        if best and tuple(best[0].effects.gains.values()) > tuple(0 for _ in best[0].effects.gains):
            found.append(left.request)
    return found


def check_team(clinicians: int, seed: int) -> None:
    """Assert that a generated team's week is as good as a person's, and full."""
    problem = generate(clinicians=clinicians, seed=seed)
    schedule = hurried(problem, QUARTER * clinicians).schedule
    assert schedule is not None
    peer = Greedy().solve(problem, Limits()).schedule
    assert peer is None or value(problem, schedule) >= value(problem, peer)
    assert not fitting(problem, schedule)


def test_hurried_team() -> None:
    """If it fails, on a busy machine a week is worse than one made by hand, or leaves out what fits."""
    check_team(4, 1)


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="a quarter of an hour; SAFESCHEDULE_LONG=1")
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("clinicians", [4, 6, 8, 10, 12])
@pytest.mark.parametrize("seed", range(1, 11))
def test_hurried_teams(clinicians: int, seed: int) -> None:
    """If it fails, some team's week is worse than one made by hand, or leaves out what fits."""
    check_team(clinicians, seed)


def depot() -> Problem:
    """Return a depot clinic: two nurses, two days, and sixty sessions of five and ten minutes."""
    days = hours("mon", "tue", end="17:00")
    plenty = {"role": "nurse", "daily_sessions": 40, "weekly_sessions": 60, "caseload_cap": 200}
    asked: list[dict[str, Any]] = [
        {"id": f"R{n}", "client": f"K{n}", "session_type": "depot" if n % 3 else "review"}
        for n in range(1, 61)
    ]
    return Problem.model_validate(
        {
            "name": "depot",
            "week_start": "2026-10-05",
            "time_zone": "Europe/London",
            "grid": 5,
            "clinicians": [
                {"id": "N1", "working": days, "is_supervisor": True, **plenty},
                {"id": "N2", "working": days, "supervisor": "N1", **plenty},
            ],
            "clients": [
                {"id": f"K{n}", "clinician": "N1" if n % 2 else "N2", "band": "low"} for n in range(1, 61)
            ],
            "session_types": [
                {"id": "depot", "minutes": 5, "kind": "medication"},
                {"id": "review", "minutes": 10, "kind": "medication"},
            ],
            "requests": asked,
        }
    )


def test_many_short_sessions_in_a_hurry() -> None:
    """If it fails, a clinic of five-minute sessions gets an empty week unless it waits."""
    assert hurried(depot(), MOMENT).placed == 60


@pytest.mark.parametrize(
    ("problem", "least"), [(read_problem(TWO_SITES), 60), (sample(), 110)], ids=["two sites", "riverside"]
)
def test_clinic_in_a_hurry(problem: Problem, least: int) -> None:
    """If it fails, a clinic with groups and two sites gets half a week, or nothing until it is planned."""
    seen: list[Progress] = []
    result = hurried(problem, MOMENT, seen.append)
    assert result.schedule is not None
    assert result.placed >= least
    assert not fitting(problem, result.schedule)
    first = next(progress for progress in seen if progress.best is not None)
    assert first.phase in ("construction", "plan")
    assert first.best is not None
    assert result.objective is not None
    assert first.best >= 0.9 * result.objective
