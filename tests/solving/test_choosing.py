"""Whose weeks are made anew together, and in which order."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeschedule.model.candidates import candidates
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.solving.choosing import Chooser
from safeschedule.solving.parts import Improvement, State
from safeschedule.solving.plan import Plan
from tests.solving.weeks import alone, hours

NONE = np.zeros(0, dtype=np.int64)
NUMBERS = st.integers(-5, 20)


def staff(count: int) -> Problem:
    """Return so many clinicians with a morning each, the first the supervisor of the others."""
    people: list[dict[str, Any]] = [{"id": "C0", "working": hours("mon"), "is_supervisor": True}]
    people += [{"id": f"C{n}", "working": hours("mon"), "supervisor": "C0"} for n in range(1, count)]
    return alone(clinicians=people, clients=[{"id": "P1", "clinician": "C0"}])


def plan_of(rows: Rows, planned: list[int]) -> Plan:
    """Return a plan of one tier that gives each clinician so much, whatever the rows are worth."""
    none = np.zeros(len(rows), dtype=bool)
    worth = np.zeros((1, len(rows)))
    return Plan(~none, none, worth, np.array([planned], dtype=np.float64), none, weights=[1])


def chooser_of(planned: list[int], seed: int) -> tuple[Chooser, State]:
    """Return a chooser, and an empty schedule: everybody misses what the plan gives."""
    index = Index(staff(len(planned)))
    rows = candidates(index)
    state = State(np.zeros(len(rows), dtype=bool), (0,), ())
    return Chooser(index, rows, plan_of(rows, planned), seed), state


def gain(value: int) -> Improvement:
    """Return a change that is worth so much."""
    return Improvement(NONE, NONE, (value,), (), optimal=True)


@settings(max_examples=100)
@given(
    st.lists(NUMBERS, min_size=1, max_size=7),
    st.integers(1, 4),
    st.integers(0, 99),
    st.lists(st.sampled_from([None, 0, 1]), max_size=40),
)
def test_sets_are_apart(planned: list[int], number: int, seed: int, fate: list[int | None]) -> None:
    """If it fails, one clinician's week is made anew twice at the same time, or nobody's is."""
    chooser, state = chooser_of(planned, seed)
    under_way: list[list[int]] = []
    for outcome in fate:
        while len(under_way) < number:
            busy = {person for people in under_way for person in people}
            people = chooser.choose(state, busy)
            if not people:
                break
            assert len(set(people)) == len(people) == chooser.size
            assert not busy & set(people)
            assert set(people) <= set(range(len(planned)))
            under_way.append(people)
        if not under_way:
            break
        chooser.learn(under_way.pop(0), None if outcome is None else gain(outcome))


@settings(max_examples=60)
@given(st.lists(NUMBERS, min_size=1, max_size=7), st.integers(0, 99))
def test_it_ends_when_nothing_helps(planned: list[int], seed: int) -> None:
    """If it fails, a search whose bound is not reached goes on until its limit for nothing."""
    chooser, state = chooser_of(planned, seed)
    alone: list[int] = []
    sizes: list[int] = []
    # Everybody who misses something alone, and of each larger size a few times as many sets as clinicians.
    for _ in range(5 * (2 * len(planned) + 2) + len(planned)):
        people = chooser.choose(state)
        if not people:
            break
        alone += people if len(people) == 1 and len(planned) > 1 else []
        sizes.append(len(people))
        chooser.learn(people, None)
    else:
        raise AssertionError("it never ends")
    assert chooser.exhausted
    if len(planned) > 1:
        assert sorted(alone) == [person for person, worth in enumerate(planned) if worth > 0]
    assert sizes == sorted(sizes)
    assert len(planned) == 1 or max(sizes) >= 2, "larger sets were never tried"


@settings(max_examples=60)
@given(st.lists(st.integers(1, 100), min_size=2, max_size=7, unique=True), st.integers(0, 99))
def test_who_misses_most_comes_first(planned: list[int], seed: int) -> None:
    """If it fails, time goes into weeks that are as planned while others lack sessions."""
    chooser, state = chooser_of(planned, seed)
    order = []
    for _ in planned:
        (person,) = chooser.choose(state)
        order.append(person)
        chooser.learn([person], gain(0))
    assert [planned[person] for person in order] == sorted(planned, reverse=True)


def test_a_new_tier_begins_anew() -> None:
    """If it fails, weeks are never made anew for a weaker tier once the stronger one is at its bound."""
    chooser, state = chooser_of([3, 2], 0)
    while people := chooser.choose(state):
        chooser.learn(people, None)
    assert chooser.exhausted
    chooser.turn_to(1)
    assert chooser.choose(state) == [0]


@settings(max_examples=30)
@given(st.integers(5, 7), st.data())
def test_who_misses_is_drawn_more_often(count: int, data: st.DataObject) -> None:
    """If it fails, larger sets are drawn without looking at the plan."""
    lacking = data.draw(st.integers(1, count - 1))
    chooser, state = chooser_of([50 if person == lacking else 0 for person in range(count)], seed=1)
    chooser.size = 2
    drawn = [chooser.choose(state) for _ in range(60)]
    times = [sum(person in people for people in drawn) for person in range(count)]
    # The supervisor is everybody's mate by turns, and so is drawn often as well.
    others = [times[person] for person in range(1, count) if person != lacking]
    assume(others)
    assert times[lacking] > max(others)


@settings(max_examples=30)
@given(st.lists(NUMBERS, min_size=1, max_size=6), st.integers(0, 9))
def test_draws_repeat(planned: list[int], seed: int) -> None:
    """If it fails, the same seed gives another schedule."""
    first, second = chooser_of(planned, seed), chooser_of(planned, seed)
    for _ in range(20):
        one, two = (chooser.choose(state) for chooser, state in (first, second))
        assert one == two
        first[0].learn(one, None)
        second[0].learn(two, None)


def test_success_keeps_the_size() -> None:
    """If it fails, sets grow although small ones, which are solved sooner, still help."""
    chooser, state = chooser_of([3, 2, 1, 0, 0], seed=0)
    for _ in range(3):
        for _ in range(5):
            chooser.learn(chooser.choose(state), gain(1))
    for _ in range(30):
        people = chooser.choose(state)
        assert len(people) == 2
        chooser.learn(people, gain(1))
