"""A desk of a week with other pins knows what a new one would find."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule import ArgumentError, Desk, Problem
from safeschedule.problem import PinnedAppointment
from safeschedule.schedule import Appointment
from safeschedule.testing.strategies.problems import problems
from safeschedule.testing.strategies.schedules import schedules
from safeschedule.verifier import examine
from safeschedule.verifier.again import Standing
from tests.suggesting.weeks import solved

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
PINS = ("pinned_appointments", "pinned_groups", "pinned_blocks")


@FEW
@given(st.data())
def test_other_pins_are_verified_as_from_the_beginning(data: st.DataObject) -> None:
    """A week would be said to keep a pin that it breaks, or one that is gone would still hold."""
    pinned = data.draw(problems())
    schedule = data.draw(schedules(pinned))
    kept = data.draw(st.lists(st.sampled_from(PINS), unique=True))
    free = pinned.model_copy(update=dict.fromkeys(kept, ()))
    for before, after in ((pinned, free), (free, pinned)):
        found = Standing(before, schedule).repinned(after)
        assert found.verification == examine(after, schedule)
        other = schedule.model_copy(update={"appointments": schedule.appointments[1:]})
        assert found.change(other) == Standing(after, schedule).change(other)


def pin(given: Appointment) -> PinnedAppointment:
    """Return the pin of a session where it is."""
    return PinnedAppointment(
        request=given.request or "",
        clinician=given.clinicians[0],
        start=given.start,
        mode=given.mode,
        room=given.room,
    )


def with_pin(problem: Problem, given: Appointment) -> Problem:
    """Return a problem with a session pinned where it is."""
    return problem.with_changes(pinned_appointments=(*problem.pinned_appointments, pin(given)))


@pytest.mark.xdist_group("solved")
def test_a_repinned_desk_answers_as_a_new_one() -> None:
    """Somebody would move a session that is pinned, or hear no more of slots that are there."""
    problem, schedule = solved()
    alone = [a for a in schedule.appointments if a.group is None and a.request is not None][:4]
    base = Desk(problem, schedule)
    pinned = with_pin(problem, alone[0])
    quick, new = base.repinned(pinned), Desk(pinned, schedule)
    assert quick.verification == new.verification
    for given_ in alone:
        assert quick.suggest_moves(given_).to_dict() == new.suggest_moves(given_).to_dict()
        move = {"to": alone[-1].start, "clinician": alone[-1].clinicians[0]}
        assert quick.check_move(given_, **move).to_dict() == new.check_move(given_, **move).to_dict()
    assert base.verification == Desk(problem, schedule).verification


@pytest.mark.xdist_group("solved")
def test_only_pins_may_be_others() -> None:
    """What was found of another week would be told of this one."""
    problem, schedule = solved()
    other = problem.with_changes(requests=problem.requests[1:])
    with pytest.raises(ArgumentError):
        Desk(problem, schedule).repinned(other)
