"""A linear system solved by groups: what is proven, and what is found."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.solving.relaxation.linear_program import Floats, Linear
from safeschedule.solving.relaxation.mip import MilpAnswer, Programme
from safeschedule.solving.relaxation.price_decomposition import ByGroups, Shared


def maximise(system: Linear, factors: Floats) -> MilpAnswer:
    """Solve a linear programme."""
    terms = [(float(factor), variable) for variable, factor in enumerate(factors)]
    return Programme(system).solve(terms, seconds=60.0, whole=False)


def by_groups(system: Linear, factors: Floats, owner: list[int]) -> Shared:
    """Solve it by groups, one thread at a time."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return ByGroups(system, factors, np.array(owner, dtype=np.int64)).solve(pool, maximise)


@st.composite
def knapsacks(draw: st.DrawFn, groups: int, shared: bool) -> tuple[Linear, Floats, list[int]]:
    """Draw rows of groups, some shared ones, and an objective; nothing chosen is always possible."""
    owner = sorted([0, *draw(st.lists(st.integers(0, groups - 1), max_size=7))])
    owner += [-1] * draw(st.integers(0, 2)) if shared else []
    table = []
    for group in range(groups):
        mine = np.array([o == group for o in owner], dtype=np.float64)
        table.append(mine * [draw(st.integers(1, 4)) for _ in owner])
    for _ in range(draw(st.integers(1, 3)) if shared else 0):
        table.append(np.array([draw(st.integers(-2, 4)) for _ in owner], dtype=np.float64))
    matrix = np.array(table)
    row, column = np.nonzero(matrix)
    high = np.array([float(draw(st.integers(0, 9))) for _ in table])
    upper = np.array([float(draw(st.integers(1, 3))) for _ in owner])
    system = Linear(
        row, column, matrix[row, column], np.full(len(high), -np.inf), high, np.zeros(len(owner)), upper
    )
    factors = np.array([float(draw(st.integers(-3, 9))) for _ in owner])
    return system, factors, owner


def test_prices_bound_the_whole() -> None:
    """If it fails, the bound of a very large team is below what a schedule can have."""
    seen: Counter[bool] = Counter()

    @settings(max_examples=150, deadline=None)
    @given(knapsacks(groups=3, shared=True))
    def bounded(case: tuple[Linear, Floats, list[int]]) -> None:
        system, factors, owner = case
        whole = maximise(system, factors)
        found = by_groups(system, factors, owner)
        seen[found.duals is not None] += 1
        if found.duals is not None:
            assert system.dual_bound(factors, found.duals) >= whole.objective - 1e-6

    bounded()
    assert seen[True] > 0.8 * seen.total(), seen


@settings(max_examples=60, deadline=None)
@given(knapsacks(groups=3, shared=False))
def test_groups_that_share_nothing_are_solved_exactly(case: tuple[Linear, Floats, list[int]]) -> None:
    """If it fails, a group's rows or variables are lost when the system is taken apart."""
    system, factors, owner = case
    whole = maximise(system, factors)
    found = by_groups(system, factors, owner)
    assert found.values is not None
    assert found.duals is not None
    assert abs(factors @ found.values - whole.objective) < 1e-6
    assert system.kept_by(found.values)
    assert abs(system.dual_bound(factors, found.duals) - whole.objective) < 1e-6
