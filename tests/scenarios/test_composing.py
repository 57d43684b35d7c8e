"""Whatever is changed, in whatever order: what comes out is a problem without faults."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.errors import InputError
from safeschedule.problem import Problem, faults, problem_from_text
from safeschedule.scenarios import Scenario, changes
from safeschedule.testing.strategies import sound_problems
from tests.scenarios.drawing import DRAWN, scenario

REFUSED = {"no_supervisor"}
"""What a change may refuse although every name in it is known: nobody would be there to supervise."""


@given(sound_problems(), st.data())
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_any_composition_leaves_a_sound_problem(problem: Problem, data: st.DataObject) -> None:
    """A scenario would hand a solve a problem with faults, made by no fault of whoever wrote it."""
    before = problem
    done: list[str] = []
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(sorted(DRAWN)))
        drawn = DRAWN[name](problem)
        if drawn is None:
            continue
        value = data.draw(drawn)
        refused = ""
        try:
            problem = scenario(name, value).apply(problem, seed=3)
        except InputError as error:
            refused = "" if {fault.code for fault in error.faults} <= REFUSED else str(error)
        assert not refused, f"{done} {name} {value}: {refused}"
        done.append(f"{name} {value}")
        assert faults.find(problem) == ()
        # It is one that can be written and read again: what the models promise of their fields holds.
        assert problem_from_text(problem.model_dump_json()) == problem
    assert faults.find(before) == ()


@pytest.mark.parametrize("name", sorted(changes()))
@given(problem=sound_problems(), data=st.data())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_each_change_survives_a_round_trip_and_repeats(
    name: str, problem: Problem, data: st.DataObject
) -> None:
    """A file would mean something else than the scenario of which it was made, or draw otherwise."""
    drawn = DRAWN[name](problem)
    if drawn is None:
        return
    made = scenario(name, data.draw(drawn))
    again = Scenario.from_dict(made.to_dict())
    assert again == made
    try:
        once = made.applied(problem, 7)
    except InputError:
        return
    assert again.applied(problem, 7) == once
