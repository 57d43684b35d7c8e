"""The linear system of a CP-SAT model: the same solutions, and bounds that hold whatever the duals are."""

from __future__ import annotations

import tempfile
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from safeschedule.solving.relaxation.linear_program import Floats, Linear, linear_of
from safeschedule.solving.relaxation.mip import Programme
from tests.solving.small_models import models
from tests.solving.whole import solver_of

NUMBERS = st.integers(-4, 4).map(float)


@st.composite
def systems(draw: st.DrawFn, *, most_rows: int = 4, fixed: bool = True) -> Linear:
    """Draw a system of two to four variables with few values each; rows may lack one limit or both.

    `fixed`: some variables may have a single value.
    """
    count = draw(st.integers(2, 4))
    rows = draw(st.integers(1, most_rows))
    lower = np.array([draw(st.integers(-2, 0)) for _ in range(count)], dtype=np.float64)
    width = np.array([draw(st.integers(int(not fixed), 3)) for _ in range(count)], dtype=np.float64)
    table = np.array([[draw(NUMBERS) for _ in range(count)] for _ in range(rows)])
    low = np.array([draw(st.sampled_from([-np.inf, -3.0, 0.0])) for _ in range(rows)])
    high = np.array([draw(st.sampled_from([np.inf, 1.0, 4.0])) for _ in range(rows)])
    row, column = np.nonzero(table)
    return Linear(row, column, table[row, column], low, high, lower, lower + width)


def grid_of(system: Linear) -> list[Floats]:
    """Return every vector of whole numbers within the variables' bounds."""
    spans = [np.arange(a, b + 1) for a, b in zip(system.lower, system.upper, strict=True)]
    return [np.array(values, dtype=np.float64) for values in product(*spans)]


def vectors(length: int) -> st.SearchStrategy[Floats]:
    """Draw numbers, among them ones that are not whole and zero."""
    number = st.one_of(NUMBERS, st.floats(-5, 5, allow_nan=False, width=32))
    return st.lists(number, min_size=length, max_size=length).map(np.array)


@given(st.data())
def test_any_duals_bound_every_solution(data: st.DataObject) -> None:
    """If it fails, an inexact dual solution of HiGHS proves something that is not true."""
    system = data.draw(systems())
    factors = data.draw(vectors(len(system.lower)))
    duals = data.draw(vectors(system.rows))
    bound = system.dual_bound(factors, duals)
    assert not np.isnan(bound)
    reached = [factors @ values for values in grid_of(system) if system.kept_by(values)]
    assert bound >= max(reached, default=-np.inf) - 1e-9


def test_duals_of_the_relaxation_are_as_good_as_its_own_bound() -> None:
    """If it fails, the bound is true but far from the relaxation's optimum, and no gap is ever closed."""
    seen: Counter[str] = Counter()

    @settings(max_examples=60)
    @given(st.data())
    def tight(data: st.DataObject) -> None:
        system = data.draw(systems(most_rows=3, fixed=False))
        factors = data.draw(vectors(len(system.lower)))
        objective = [(float(factor), number) for number, factor in enumerate(factors)]
        answer = Programme(system).solve(objective, seconds=60, whole=False)
        reached = [factors @ values for values in grid_of(system) if system.kept_by(values)]
        if answer.values is None:
            assert not reached
            seen["infeasible"] += 1
            return
        assert system.kept_by(answer.values)
        assert answer.bound >= max(reached, default=-np.inf) - 1e-9
        if answer.duals is not None:
            assert answer.bound == pytest.approx(answer.objective, abs=1e-5)
            seen["tight"] += 1

    tight()
    assert seen["tight"] >= 0.4 * seen.total(), seen


def test_rows_of_fixed_variables_are_not_forgotten() -> None:
    """If it fails, a plan that leaves out all ways to keep a rule is taken for one that keeps it."""
    model = cp_model.CpModel()
    one, two, three = (model.new_bool_var("") for _ in range(3))
    model.add(one + two >= 1)
    objective = [(1, three.index)]
    assert Programme(model).solve(objective, seconds=60).values is not None
    without = Programme(model).solve(objective, seconds=60, out=np.array([one.index, two.index]))
    assert without.values is None
    known = np.array([0.0, 0.0, np.nan])
    assert Programme(model).solve(objective, seconds=60, fixed=known).values is None


@given(st.data())
def test_fewer_columns_keep_the_solutions(data: st.DataObject) -> None:
    """If it fails, fixing some variables loses a solution of the others, or gains one."""
    system = data.draw(systems())
    count = len(system.lower)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)), dtype=bool)
    values = data.draw(st.sampled_from(grid_of(system)))
    part, rows = system.of_columns(kept, values)
    assert part.rows == len(rows)
    assert len(part.lower) == kept.sum()
    left = np.setdiff1d(np.arange(system.rows), rows)
    # Rows without a kept variable say nothing of the part; whoever fixes the others answers for them.
    sums = np.bincount(system.row, system.factor * values[system.column], minlength=system.rows)
    if ((sums[left] < system.low[left]) | (sums[left] > system.high[left])).any():
        return
    for point in grid_of(part):
        whole = values.copy()
        whole[kept] = point
        assert part.kept_by(point) == system.kept_by(whole)


@given(systems(), st.lists(NUMBERS, min_size=2, max_size=2), st.integers(-3, 3))
def test_one_more_row(system: Linear, factors: list[float], least: int) -> None:
    """If it fails, a value that must be held is held for other variables, or not at all."""
    more = system.with_rows([([(factor, n) for n, factor in enumerate(factors)], float(least), np.inf)])
    for values in grid_of(system):
        held = factors[0] * values[0] + factors[1] * values[1] >= least
        assert more.kept_by(values) == (system.kept_by(values) and held)


@given(models())
def test_same_solutions_as_cpsat(drawn: tuple[cp_model.CpModel, list[tuple[int, int]]]) -> None:
    """If it fails, the plan is made for another model than the one that was built."""
    model, _ = drawn
    system = linear_of(model)
    points = grid_of(system)
    for values in points[:: max(1, len(points) // 12)]:
        fixed = model.clone()
        for number, value in enumerate(values.tolist()):
            fixed.add(fixed.get_int_var_from_proto_index(number) == int(value))
        status = solver_of(1).solve(fixed)
        assert (status == cp_model.OPTIMAL) == system.kept_by(values), values


def test_a_variable_named_twice_counts_twice() -> None:
    """If it fails, a clause or an at-most-one with a repeated literal is said wrongly."""
    model = cp_model.CpModel()
    one, two = model.new_bool_var(""), model.new_bool_var("")
    model.add_at_most_one([one, one, two])
    system = linear_of(model)
    allowed = [tuple(values.tolist()) for values in grid_of(system) if system.kept_by(values)]
    assert allowed == [(0.0, 0.0), (0.0, 1.0)]


@settings(max_examples=20)
@given(models())
def test_a_model_is_read_where_no_file_can_be_written(
    drawn: tuple[cp_model.CpModel, list[tuple[int, int]]],
) -> None:
    """Otherwise nothing could be planned on a machine with a full or a read-only disk."""
    model, _ = drawn
    there = linear_of(model)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", "/nowhere")
        without = linear_of(model)
    for name in ("row", "column", "factor", "low", "high", "lower", "upper"):
        assert np.array_equal(getattr(there, name), getattr(without, name)), name
