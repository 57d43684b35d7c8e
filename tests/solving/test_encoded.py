"""The kernel: goals in their order, what is held, and what is kept."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import Problem
from safeschedule.model.index import Bools
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part, only_of, part_of
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.parts import Solver
from safeschedule.solving.states import State
from safeschedule.solving.subproblem import SMALL, Subproblem
from tests.solving.states import solver_for
from tests.solving.test_parts import SLOW, UNSHRUNK, some_free, some_people, some_state, weeks

UNLIMITED = Budget(None, None, threading.Event())


def begun(problem: Problem, seed: int) -> tuple[Solver, State, Part] | None:
    """Return a solver, any schedule, and a part of it in which some rows are free; ``None`` without one."""
    random = np.random.default_rng(seed)
    solver = solver_for(problem)
    state = some_state(solver, random)
    if state is None:
        return None
    people = some_people(solver, random)
    free = some_free(solver, people, random)
    return solver, state, part_of(solver.index, solver.rows, state.chosen, free, people)


@pytest.mark.slow
@settings(max_examples=12, phases=UNSHRUNK, suppress_health_check=SLOW)
@given(weeks(), st.integers(0, 10_000))
def test_one_sum_orders_goals_as_one_after_the_other(problem: Problem, seed: int) -> None:
    """If it fails, weights let a weaker goal buy against a stronger one, or what is held is not."""
    found = begun(problem, seed)
    if found is None:
        return
    solver, _, part = found
    at_once, in_turn = (Subproblem.of(solver.index, solver.rows, part) for _ in range(2))
    strict = at_once.aim([tier_objective(at_once.build, tier) for tier in solver.tiers])
    answer = at_once.solve(budget=UNLIMITED, limit=60.0, seed=0, engine=SMALL)
    assert strict
    assert answer.optimal
    reached = []
    for tier in solver.tiers:
        goal = tier_objective(in_turn.build, tier)
        in_turn.aim([goal])
        one = in_turn.solve(budget=UNLIMITED, limit=60.0, seed=0, engine=SMALL)
        in_turn.hold(goal, one.values[0])
        in_turn.go_on(one)
        reached.append(one.values[0])
    assert tuple(reached) == answer.values


@pytest.mark.slow
@settings(max_examples=12, phases=UNSHRUNK, suppress_health_check=SLOW)
@given(weeks(), st.integers(0, 10_000))
def test_what_is_kept_stays_and_what_is_counted_is_held(problem: Problem, seed: int) -> None:
    """If it fails, solving a part changes what lies outside it, or gives another number than asked for."""
    found = begun(problem, seed)
    if found is None:
        return
    solver, state, part = found
    own = only_of(solver.rows, range(len(solver.index.clinicians)))[part.numbers] & ~part.fixed
    held: Bools = state.chosen[part.numbers]
    made = Subproblem.of(solver.index, solver.rows, part)
    made.count(own, int((held & own).sum()), int((held & own).sum()))
    made.start(held)
    answer = made.solve(budget=UNLIMITED, limit=60.0, seed=0, engine=SMALL)
    assert answer.chosen is not None, "what is there has that number"
    assert (answer.chosen & own).sum() == (held & own).sum()
    assert answer.chosen[part.fixed].all()
    whole, outside = part.put(state.chosen, answer.chosen), np.ones(len(state.chosen), dtype=bool)
    outside[part.numbers] = False
    assert (whole[outside] == state.chosen[outside]).all()
    assert solver.look(whole) is not None, "the whole week keeps the rules"
