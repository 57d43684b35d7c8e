"""The public strategies: what they draw is of one piece, and varied."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from safeschedule.problem import BlockKind, Problem
from safeschedule.schedule import Schedule
from safeschedule.testing.strategies import block_lengths, problems, rulebooks, schedules

QUICK = settings(
    max_examples=1000, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@given(st.data())
def test_schedules_are_of_one_piece(data: st.DataObject) -> None:
    """The agreement test would compare accounts of schedules that no model can hold."""
    problem = data.draw(problems())
    schedule = data.draw(schedules(problem))
    count_sessions(problem, schedule)
    grid, people = problem.grid, {person.id for person in problem.clinicians}
    minutes = {entry.id: entry.minutes for entry in problem.session_types}
    for appointment in schedule.appointments:
        assert appointment.minutes == minutes[appointment.session_type]
    for activity in (*schedule.appointments, *schedule.blocks):
        start = activity.start.hour * 60 + activity.start.minute
        assert start % grid == 0
        assert activity.minutes % grid == 0
        assert start + activity.minutes <= 1440
        assert 0 <= (activity.start.date() - problem.week_start).days <= 6
        assert set(activity.clinicians) <= people


def count_sessions(problem: Problem, schedule: Schedule) -> None:
    """Each session is placed once or left out."""
    placed = Counter(appointment.request for appointment in schedule.appointments)
    missing = Counter({entry.request: entry.sessions for entry in schedule.left_out})
    assert placed + missing == Counter({request.id: request.count for request in problem.requests})


@pytest.mark.parametrize(
    "wanted",
    [
        lambda p: len(p.clinicians) == 3 and len(p.requests) >= 3,
        lambda p: bool(p.pinned_appointments),
        lambda p: bool(p.pinned_blocks),
        lambda p: any(person.leave for person in p.clinicians),
        lambda p: any(person.contracted_minutes for person in p.clinicians),
        lambda p: any(entry.recovery_minutes == 0 for entry in p.session_types),
        lambda p: any(request.standing for request in p.requests),
        lambda p: any(window.end - window.start < 60 for client in p.clients for window in client.windows),
        lambda p: p.week_start.weekday() != 0,
        lambda p: bool(p.history.appointments),
        lambda p: bool(p.rulebook.rules),
    ],
)
def test_problems_are_varied(wanted: object) -> None:
    """A rule would never meet the case that breaks it."""
    assert find(problems(), wanted, settings=QUICK)  # type: ignore[arg-type]


def test_schedules_have_every_kind_of_block() -> None:
    """A rule about a kind of block would be tested without any."""
    for kind in (BlockKind.CONSULTATION, BlockKind.SUPERVISION, BlockKind.RESET, BlockKind.URGENT_SLOT):
        drawn = problems().flatmap(schedules)
        assert find(
            drawn, lambda schedule, kind=kind: any(b.kind is kind for b in schedule.blocks), settings=QUICK
        )


@given(problems())
def test_block_lengths_lie_on_the_grid(problem: Problem) -> None:
    """Blocks would be drawn that no grid can hold."""
    for lengths in block_lengths(problem).values():
        assert lengths
        assert all(minutes > 0 and minutes % problem.grid == 0 for minutes in lengths)


@given(rulebooks(["breaks"]))
def test_only_the_named_rules_vary(book: object) -> None:
    """A test of one rule would vary all the others with it."""
    assert set(book.rules) <= {"breaks"}  # type: ignore[attr-defined]
