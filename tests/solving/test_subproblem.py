"""Neighbourhoods cut out of the whole model: what they allow and promise is true, and all there is."""

from __future__ import annotations

import threading
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import Problem
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import only_of
from safeschedule.solving.parts import Solver
from safeschedule.solving.relaxation.linear_program import Linear, linear_of
from safeschedule.solving.states import State, Task
from safeschedule.solving.subproblem import complete, whole_of
from safeschedule.solving.subproblem.cutting import around
from tests.solving.states import changed, solver_for
from tests.solving.test_parts import SLOW, UNSHRUNK, some_free, some_people, some_state, weeks
from tests.solving.weeks import crowded, team


def cutting(solver: Solver) -> Solver:
    """Return the solver with the model of the whole week."""
    build = encode(solver.index, solver.rows, recording=True)
    whole = whole_of(build, solver.tiers)
    return Solver(solver.index, solver.rows, solver.tiers, solver.budget, solver.seed, whole)


def begun(problem: Problem, random: np.random.Generator) -> tuple[Solver, Solver, State, State] | None:
    """Return a solver that encodes each part and one that cuts them out, and a state of each; or ``None``."""
    plain = solver_for(problem)
    state = some_state(plain, random)
    if state is None:
        return None
    cut = cutting(plain)
    same = cut.look(state.chosen)
    assert same is not None, "the whole model refuses its own schedule"
    assert same.values == state.values, "the same schedule is worth two things"
    return plain, cut, state, same


@settings(max_examples=15, phases=UNSHRUNK, suppress_health_check=SLOW)
@given(weeks(), st.integers(0, 10_000))
def test_what_is_cut_out_allows_and_promises_what_the_whole_does(problem: Problem, seed: int) -> None:
    """Otherwise a change would break a rule, or be worth less than was said."""
    random = np.random.default_rng(seed)
    found = begun(problem, random)
    if found is None:
        return
    plain, cut, state, same = found
    people = some_people(plain, random)
    free = some_free(plain, people, random)
    change = cut.improve(same, Task(people, free))
    assert change is not None, "the schedule at hand is as good as itself"
    assert change.optimal
    assert not np.isin(np.concatenate([change.out, change.into]), np.flatnonzero(~free)).any()
    after, real = cut.accept(same, change), plain.look(changed(state, change))
    assert real is not None, "what was cut out allows what the whole model refuses"
    assert real.values == after.values == tuple(a + b for a, b in zip(state.values, change.gain, strict=True))
    assert cut.whole is not None
    assert after.assignment is not None
    assert cut.whole.keeps(after.assignment, np.arange(cut.whole.variables))


def gains(problem: Problem, seed: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return what some clinicians' whole weeks gain when they are cut out, and when they are encoded."""
    random = np.random.default_rng(seed)
    found = begun(problem, random)
    if found is None:
        return None
    plain, cut, state, same = found
    people = some_people(plain, random)
    task = Task(people, only_of(plain.rows, people))
    ours, other = cut.improve(same, task), plain.improve(state, task)
    assert ours is not None
    assert other is not None
    return ours.gain, other.gain


def test_nearly_nothing_is_lost_by_cutting_out() -> None:
    """Otherwise the search would miss what an engine that encodes each part anew finds."""
    seen: Counter[str] = Counter()

    @settings(max_examples=15, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(weeks(), st.integers(0, 10_000))
    def each(problem: Problem, seed: int) -> None:
        both = gains(problem, seed)
        if both is not None:
            assert both[0] <= both[1], "more than there is"
            seen["same" if both[0] == both[1] else "less"] += 1

    each()
    assert seen["same"] >= 0.9 * seen.total(), seen


@pytest.mark.parametrize("seed", range(3))
def test_everything_free_is_the_whole_week(seed: int) -> None:
    """Otherwise the proof that a week is the best would be none."""
    for problem in (team(), crowded(3)):
        found = begun(problem, np.random.default_rng(seed))
        assert found is not None
        plain, cut, state, same = found
        task = Task(list(range(len(plain.index.clinicians))), np.ones(len(plain.rows), dtype=bool))
        ours, other = cut.improve(same, task), plain.improve(state, task)
        assert ours is not None
        assert other is not None
        assert ours.optimal
        assert other.optimal
        assert ours.gain == other.gain
        assert cut.whole is not None
        assert len(around(cut.whole, task.free)) == cut.whole.variables


def clashing(solver: Solver) -> Bools:
    """Return two sessions of one clinician that begin at the same time."""
    rows = solver.rows
    sessions = np.flatnonzero(rows.is_session & (rows.clinician == 0))
    both = sessions[rows.start[sessions] == rows.start[sessions[0]]][:2]
    assert len(both) == 2
    chosen = np.zeros(len(rows), dtype=bool)
    chosen[both] = True
    return chosen


def test_rows_that_clash_are_not_completed() -> None:
    """Otherwise a schedule that breaks a rule would be the start of a search."""
    cut = cutting(solver_for(team()))
    assert cut.whole is not None
    budget = Budget(None, None, threading.Event())
    assert complete(cut.whole, clashing(cut), cut.tiers, budget) is None
    nothing = np.zeros(len(cut.rows), dtype=bool)
    assert (complete(cut.whole, nothing, cut.tiers, budget) is None) == (cut.look(nothing) is None)


def rows_of(system: Linear) -> Counter[tuple[object, ...]]:
    """Return the constraints of a system, whatever their order."""
    found: Counter[tuple[object, ...]] = Counter()
    ends = np.searchsorted(system.row, np.arange(system.rows + 1)).tolist()
    for row, (low, high) in enumerate(zip(system.low.tolist(), system.high.tolist(), strict=True)):
        inside = slice(ends[row], ends[row + 1])
        terms = sorted(zip(system.column[inside].tolist(), system.factor[inside].tolist(), strict=True))
        found[(*terms, low, high)] += 1
    return found


@settings(max_examples=15, phases=UNSHRUNK, suppress_health_check=SLOW)
@given(weeks())
def test_what_is_recorded_is_what_the_solver_is_given(problem: Problem) -> None:
    """Otherwise the search would go by other rules than the model that is solved as a whole."""
    solver = solver_for(problem)
    kept, posted = (
        linear_of(encode(solver.index, solver.rows, recording=recording).model) for recording in (True, False)
    )
    assert rows_of(kept) == rows_of(posted)
    assert kept.lower.tolist() == posted.lower.tolist()
    assert kept.upper.tolist() == posted.upper.tolist()
