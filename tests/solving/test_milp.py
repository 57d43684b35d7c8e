"""The translation of a CP-SAT model into a mixed-integer programme."""

from __future__ import annotations

import threading
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from ortools.sat.python import cp_model

from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.solving.budget import Budget
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.relaxation.assignment_plan import make_plan
from safeschedule.solving.relaxation.linear_program import linear_of
from safeschedule.solving.relaxation.mip import Meter, Programme
from safeschedule.solving.relaxation.plan import Plan
from tests.solving.small_models import models
from tests.solving.weeks import crowded
from tests.solving.whole import solver_of


def test_same_answer_as_cpsat() -> None:
    """If it fails, the plan is made for another model than the one that was built."""
    seen: Counter[str] = Counter()

    @settings(max_examples=150)
    @given(models())
    def agree(drawn: tuple[cp_model.CpModel, list[tuple[int, int]]]) -> None:
        model, objective = drawn
        answer = Programme(model).solve(objective, seconds=60)
        variables = [model.get_int_var_from_proto_index(v) for _, v in objective]
        model.maximize(cp_model.LinearExpr.weighted_sum(variables, [f for f, _ in objective]))
        solver = solver_of(0)
        status = solver.solve(model)
        assert answer.infeasible == (status == cp_model.INFEASIBLE)
        seen["infeasible" if answer.infeasible else "solved"] += 1
        if answer.values is None:
            assert answer.infeasible
            return
        assert status == cp_model.OPTIMAL
        assert answer.objective == pytest.approx(solver.objective_value)
        assert answer.bound >= solver.objective_value - 1e-6
        relaxed = sum(f * answer.values[v] for f, v in objective)
        assert relaxed == pytest.approx(answer.objective)

    agree()
    assert seen["solved"] >= 40, seen
    assert seen["infeasible"] >= 1, seen


@settings(max_examples=40)
@given(models())
def test_relaxed_bound_holds(drawn: tuple[cp_model.CpModel, list[tuple[int, int]]]) -> None:
    """If it fails, the linear programme proves less than a plan can reach."""
    model, objective = drawn
    programme = Programme(model)
    relaxed = programme.solve(objective, seconds=60, whole=False)
    whole = programme.solve(objective, seconds=60)
    if whole.values is None:
        assert whole.infeasible
    else:
        assert relaxed.bound >= whole.objective - 1e-6


def test_variables_left_out_and_held() -> None:
    """If it fails, a run over some half-days uses others, or a stronger tier is not held."""
    model = cp_model.CpModel()
    a, b = model.new_bool_var("a"), model.new_bool_var("b")
    programme = Programme(model)
    objective = [(2, a.index), (1, b.index)]
    assert programme.solve(objective, seconds=60, out=np.array([a.index])).objective == pytest.approx(1)
    assert programme.solve(objective, seconds=60).objective == pytest.approx(3)
    programme.hold([(1, b.index)], 1)
    held = programme.solve([(-1, b.index)], seconds=60)
    assert held.objective == pytest.approx(-1)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("rows", [False, True])
def test_a_programme_without_a_choice_is_answered(whole: bool, rows: bool) -> None:
    """If it fails, a week in which nothing can be placed has no bound, or no plan."""
    model = cp_model.CpModel()
    a, b = model.new_int_var(2, 2, "a"), model.new_int_var(0, 0, "b")
    if rows:
        model.add(a + b <= 2)
    answer = Programme(model).solve([(3, a.index), (1, b.index)], seconds=60, whole=whole)
    assert answer.values is not None
    assert answer.duals is not None
    assert (answer.values.tolist(), answer.objective, answer.bound) == ([2, 0], 6, 6)


def test_a_basis_changes_no_answer() -> None:
    """If it fails, a relaxation depends on what was asked of it before."""
    index = Index(crowded(3))
    build = encode(index, candidates(index), exact=False)
    rng, programme = np.random.default_rng(1), Programme(build.model)

    def drawn() -> list[tuple[int, int]]:
        return [(int(rng.integers(-3, 9)), v.index) for v in build.plan_vars]

    def bound(some: Programme, objective: list[tuple[int, int]]) -> float:
        return some.solve(objective, seconds=60, whole=False).bound

    for objective in (drawn() for _ in range(6)):
        assert bound(programme, objective) == pytest.approx(bound(Programme(build.model), objective))
    last = drawn()
    most = bound(programme, last)
    assert bound(programme.again([(last, -np.inf, most / 2)]), last) == pytest.approx(most / 2)
    assert bound(programme, last) == pytest.approx(most)


def _enforced(model: cp_model.CpModel, x: cp_model.IntVar) -> None:
    model.add(x <= 0).only_enforce_if(model.new_bool_var(""))


def _interval(model: cp_model.CpModel, x: cp_model.IntVar) -> None:
    model.new_interval_var(x, 2, x + 2, "")


def _largest(model: cp_model.CpModel, x: cp_model.IntVar) -> None:
    model.add_max_equality(x, [model.new_bool_var(""), model.new_bool_var("")])


@pytest.mark.parametrize("post", [_enforced, _interval, _largest])
def test_what_cannot_be_said_is_refused(post: object) -> None:
    """If it fails, a constraint is dropped on the way, and the plan may break a rule."""
    model = cp_model.CpModel()
    x = model.new_int_var(0, 5, "x")
    model.add(x <= 4)
    post(model, x)  # type: ignore[operator]
    with pytest.raises(ValueError, match="constraint 1 "):
        linear_of(model)


def test_domain_with_a_hole_is_refused_or_kept() -> None:
    """If it fails, the values of a variable after a gap are lost on the way."""
    model = cp_model.CpModel()
    x = model.new_int_var_from_domain(cp_model.Domain.from_values([0, 3]), "x")
    with pytest.raises(ValueError, match="variable"):
        Programme(model).solve([(1, x.index)], seconds=60)


def test_stopped_programme_says_nothing() -> None:
    """If it fails, a programme that was told to stop claims to have proven something."""
    model = cp_model.CpModel()
    rng = np.random.default_rng(1)
    items = [model.new_bool_var("") for _ in range(60)]
    for _ in range(30):
        model.add(cp_model.LinearExpr.weighted_sum(items, rng.integers(1, 1000, 60).tolist()) <= 9000)
    stop = threading.Event()
    stop.set()
    answer = Programme(model, stop.is_set).solve(
        [(int(rng.integers(1, 1000)), v.index) for v in items], seconds=5
    )
    assert not answer.infeasible
    assert answer.values is None or answer.bound >= answer.objective - 1e-6


def test_a_bound_that_counts_is_not_rounded() -> None:
    """If it fails, HiGHS may lower a bound to a multiple of the objective's step, below what is reached."""
    model = cp_model.CpModel()
    some = [model.new_bool_var("") for _ in range(6)]
    model.add(sum(some) <= 3)
    answer = Programme(model).solve([(10.0, v.index) for v in some], seconds=10.0, bounding=True)
    assert answer.objective == 30.0
    assert 30.0 < answer.bound < 30.1


def test_a_meter_says_when_it_is_enough() -> None:
    """If it fails, a solve that is to be repeated depends on the order in which threads end."""
    meter = Meter()
    meter.count(1000, whole=False)
    assert meter.beyond(0.039)
    assert not meter.beyond(0.04)
    meter.count(1000, whole=True)
    assert meter.beyond(0.159)
    assert not meter.beyond(0.16)
    assert not meter.beyond(None)


def test_a_small_deterministic_limit_bounds_the_plan() -> None:
    """If it fails, whoever asks for a moment's work waits for a plan that nothing comes of."""
    index = Index(crowded(6))
    rows = candidates(index)

    def plan(limit: float) -> Plan:
        return make_plan(
            encode(index, rows, exact=False), Budget(None, limit, threading.Event()), PlanParameters(), 0
        )

    hurried, again, patient = plan(1e-6), plan(1e-6), plan(5.0)
    # What bounds a week and where its sessions go is known all the same.
    assert hurried.total >= patient.total >= patient.made
    assert hurried.found
    assert hurried.made == float("-inf")
    assert (hurried.total, hurried.bounds) == (again.total, again.bounds)
    assert np.array_equal(hurried.blocks, again.blocks)
