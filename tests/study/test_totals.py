"""Counts that no schedule exceeds: beside weeks that were planned, and weeks in which the answer is known."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from safeschedule import solve
from safeschedule.problem import Problem
from safeschedule.reports.load import load
from safeschedule.samples import generate
from safeschedule.schedule.serving import served
from safeschedule.solving.relaxation.totals import MostOfWeek, most_of_week
from safeschedule.testing.strategies import sound_problems
from tests.study.weeks import week


@pytest.mark.slow
@given(sound_problems(max_clinicians=3, max_sessions=6))
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@pytest.mark.long
def test_no_schedule_has_more_than_is_proven(problem: Problem) -> None:
    """A study would prove what a schedule in its own folder refutes."""
    result = solve(problem, deterministic_limit=0.1, workers=1)
    if result.schedule is None:
        return
    most = most_of_week(problem)
    found, types = served(problem, result.schedule), problem.by_code.session_types
    rows = load(problem, result.schedule)
    minutes = sum(types[r.session_type].minutes * found[r.id] for r in problem.requests)
    for value, bound in (
        (found.total(), most.sessions),
        (minutes, most.minutes),
        (sum(row.high_minutes for row in rows), most.high_minutes),
        (max(row.high_minutes for row in rows), most.peak_minutes),
    ):
        assert bound is None or value <= bound


def test_a_week_with_room_for_all_is_bounded_by_what_is_asked() -> None:
    """The bound would be of no use where everything fits."""
    assert most_of_week(week(2)) == MostOfWeek(sessions=6, minutes=360, high_minutes=0, peak_minutes=0)


def test_the_bound_is_tighter_than_what_is_asked_where_not_everything_fits() -> None:
    """No difference between two scenarios would ever be decided."""
    problem = generate(3, seed=1)
    most = most_of_week(problem)
    assert most.sessions == 61
    assert sum(request.count for request in problem.requests) == 69


def test_it_ends_when_it_is_told_to() -> None:
    """A study would not stop."""
    assert most_of_week(week(2), lambda: True) == MostOfWeek(None, None, 0, 0)


@pytest.mark.parametrize("features", [(), ("all",)])
def test_every_kind_of_week_is_bounded(features: tuple[str, ...]) -> None:
    """Groups, nights or joint sessions would leave a study without bounds."""
    most = most_of_week(generate(4, seed=1, features=features))
    assert None not in (most.sessions, most.minutes, most.high_minutes, most.peak_minutes)
