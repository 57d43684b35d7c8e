"""A stress test takes what a solve writes, on whatever grid."""

from __future__ import annotations

import pytest

from safeschedule import solve, stress
from safeschedule.problem import BlockKind, Problem
from safeschedule.stressing import Verdict
from tests.stressing.weeks import team

TYPES = [
    {
        "id": "talk",
        "minutes": 60,
        "intensity": "high",
        "trauma_processing": True,
        "room_kind": "consulting",
        "recovery_minutes": 25,
    },
    {"id": "crisis", "minutes": 60, "kind": "crisis", "intensity": "high", "room_kind": "consulting"},
]


def week(grid: int, types: int = 2) -> Problem:
    """Return a small week whose sessions are followed by recovery that no grid but one divides."""
    return team(people=2, sessions=1, grid=grid, session_types=TYPES[:types])


@pytest.mark.parametrize("grid", [5, 10, 15, 20, 30])
def test_what_a_solve_writes_is_taken(grid: int) -> None:
    """If it fails, a team cannot stress its own week because of its grid."""
    problem = week(grid)
    schedule = solve(problem, time_limit=None, deterministic_limit=0.2, workers=1).schedule
    assert schedule is not None
    assert 25 in {block.minutes for block in schedule.blocks if block.kind is BlockKind.RECOVERY}
    found = stress(problem, schedule, urgent=1, time_limit=None)
    assert found.verdict in (Verdict.PROVED, Verdict.REFUTED)
    assert found.worst is not None


@pytest.mark.parametrize("grid", [10, 20, 30])
def test_made_up_cases_are_on_the_grid(grid: int) -> None:
    """If it fails, a week without a crisis type cannot be stressed: its case is as long as an urgent slot."""
    problem = week(grid, types=1)
    schedule = solve(problem, time_limit=None, deterministic_limit=0.2, workers=1).schedule
    assert schedule is not None
    found = stress(problem, schedule, urgent=1, time_limit=None)
    assert found.minutes % grid == 0
