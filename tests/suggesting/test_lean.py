"""Small models that leave out what is settled: their slots are worth as much as those of whole models."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from safeschedule.schedule import Appointment
from safeschedule.solving.subproblem import Subproblem
from safeschedule.suggesting import Desk, own_blocks
from safeschedule.testing.strategies.problems import sound_problems
from safeschedule.testing.strategies.schedules import schedules
from tests.suggesting.weeks import solved

FEW = settings(
    phases=[Phase.generate], max_examples=60, deadline=None, suppress_health_check=list(HealthCheck)
)


class Whole:
    """Makes models in which nothing is left out."""

    @staticmethod
    def of(*given_: Any, lean: bool) -> Subproblem:
        """Return a model as it is without the switch."""
        assert lean
        return Subproblem.of(*given_)


def assert_worth_the_same(desk: Desk, moving: Appointment) -> None:
    """Hold the slots of small models against those of whole ones: what each gains, by tier, best first."""
    lean = desk.suggest_moves(moving)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(own_blocks, "Subproblem", Whole)
        whole = desk.suggest_moves(moving)
    gains = [[tuple(slot.effects.gains.values()) for slot in found.slots] for found in (lean, whole)]
    assert gains[0] == gains[1]
    assert not any(slot.effects.breaks for slot in lean.slots)


@FEW
@given(st.data())
def test_slots_of_any_week_are_worth_the_same(data: st.DataObject) -> None:
    """What is settled would matter all the same, and a worse slot be the best that is told."""
    problem = data.draw(sound_problems())
    schedule = data.draw(schedules(problem))
    alone = [a for a in schedule.appointments if a.group is None]
    assume(alone)
    assert_worth_the_same(Desk(problem, schedule), data.draw(st.sampled_from(alone)))


@pytest.mark.xdist_group("solved")
@settings(FEW, max_examples=12)
@given(st.integers(1, 3), st.integers(0, 1000))
def test_slots_of_a_full_week_are_worth_the_same(seed: int, number: int) -> None:
    """In a week that is full a date is only ever a little part of the model."""
    problem, schedule = solved(4, seed)
    alone = [a for a in schedule.appointments if a.group is None]
    assert_worth_the_same(Desk(problem, schedule), alone[number % len(alone)])
