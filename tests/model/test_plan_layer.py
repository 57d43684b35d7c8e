"""The plan layer is a relaxation: it takes every schedule that the whole model takes, at no less value."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from safeschedule import Problem
from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.solving.cpsat import terms
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.tiers import soft_tiers
from tests.solving.drawn import SOFTENABLE, easy_problems, softened
from tests.solving.weeks import crowded, team
from tests.solving.whole import random_rows, solver_of


def best_of_tiers(build: Build, count: Bools | None = None) -> tuple[int, ...] | None:
    """Return the best value of each tier on its own, plan variables fixed to the counts of chosen rows."""
    if count is not None:
        for number, variable in enumerate(build.plan_vars):
            build.model.add(variable == int(count[build.plan_rows[number]].sum()))
    found = []
    for tier in soft_tiers(build.index.settings):
        build.model.maximize(terms(build, tier_objective(build, tier)))
        solver = solver_of(1)
        status = solver.solve(build.model)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL
        found.append(round(solver.objective_value))
    return tuple(found)


def exact_value(index: Index, build: Build, chosen: Bools) -> tuple[int, ...]:
    """Return the value of each tier that the exact model gives the schedule."""
    fixed = encode(index, build.rows)
    for variable, value in zip(fixed.row_vars, chosen.tolist(), strict=True):
        fixed.model.add(variable == int(value))
    found = best_of_tiers(fixed)
    assert found is not None
    return found


def check_relaxation(problem: Problem, seed: int) -> bool:
    """Assert it for one schedule of the problem; return whether there was one."""
    index = Index(problem)
    rows = candidates(index)
    exact = encode(index, rows)
    chosen = random_rows(exact, np.random.default_rng(seed))
    if chosen is None:
        return False
    plan = best_of_tiers(encode(index, rows, exact=False), chosen)
    assert plan is not None, "the plan layer refuses a schedule that keeps every rule"
    value = exact_value(index, exact, chosen)
    assert all(p >= e for p, e in zip(plan, value, strict=True)), (plan, value)
    return True


def test_drawn_weeks() -> None:
    """If it fails, the plan rules out good schedules, and the bound it proves is wrong."""
    seen: Counter[bool] = Counter()

    @settings(max_examples=60)
    @given(easy_problems(), st.integers(0, 1000))
    def relaxes(problem: Problem, seed: int) -> None:
        seen[check_relaxation(problem, seed)] += 1

    relaxes()
    assert seen[True] >= 0.4 * seen.total(), seen


@pytest.mark.slow
def test_drawn_weeks_with_soft_rules() -> None:
    """If it fails, the plan charges more for a soft rule than a schedule has to pay."""
    seen: Counter[bool] = Counter()

    @settings(max_examples=40)
    @given(easy_problems(), st.sets(st.sampled_from(SOFTENABLE), min_size=1), st.integers(0, 1000))
    def relaxes(problem: Problem, names: set[str], seed: int) -> None:
        seen[check_relaxation(softened(problem, sorted(names)), seed)] += 1

    relaxes()
    assert seen[True] >= 0.4 * seen.total(), seen


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("problem", [team(), crowded()], ids=["team", "crowded"])
def test_written_weeks(problem: Problem, seed: int) -> None:
    """If it fails, a week in which everything binds is not covered by its plan."""
    assert check_relaxation(problem, seed)


def test_plan_knows_what_fits_into_a_morning() -> None:
    """If it fails, the plan puts more sessions into a half-day than it has minutes."""
    index = Index(crowded())
    plan = encode(index, candidates(index), exact=False)
    mine = np.flatnonzero(plan.plan.is_session & (plan.plan.clinician == 0) & (plan.plan_half == 0))
    plan.model.maximize(sum(plan.plan_vars[m] for m in mine))
    solver = solver_of(1)
    assert solver.solve(plan.model) == cp_model.OPTIMAL
    # Half an hour of documentation and three sessions fill the three and a half hours.
    assert solver.objective_value <= 3
