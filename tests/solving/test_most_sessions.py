"""The number of sessions that no schedule exceeds is never too small."""

from __future__ import annotations

import threading

import pytest
from ortools.sat.python import cp_model

from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.solving.budget import Budget
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.relaxation.assignment_plan import make_plan
from safeschedule.solving.relaxation.most_sessions import by_time
from safeschedule.solving.relaxation.relax_and_round import relax
from tests.solving.weeks import alone, crowded, hours, team


def most(problem: Problem) -> int:
    """Return how many sessions fit at most, by the whole model."""
    index = Index(problem)
    build = encode(index, candidates(index))
    visits = [v for v, visit in zip(build.plan_vars, build.plan.is_visit, strict=True) if visit]
    build.model.maximize(cp_model.LinearExpr.sum(visits))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20.0
    assert solver.solve(build.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return round(solver.objective_value)


@pytest.mark.parametrize(
    "problem",
    [team(), crowded(), pytest.param(crowded(18), marks=[pytest.mark.slow, pytest.mark.long]), alone()],
    ids=["team", "crowded", "more", "alone"],
)
def test_no_schedule_has_more(problem: Problem) -> None:
    """If it fails, people are told that no more sessions are possible, and there are."""
    index = Index(problem)
    fit = most(problem)
    assert by_time(index) >= fit
    budget = Budget(None, 5.0, threading.Event())
    plan = make_plan(encode(index, candidates(index), exact=False), budget, PlanParameters(), 0)
    assert plan.most_sessions is not None
    assert plan.most_sessions >= fit
    pooled = relax(index, suiting(index), budget, PlanParameters(), 99)
    assert pooled.most_sessions is not None
    assert pooled.most_sessions >= fit


def test_the_plan_says_more_than_that_all_might_fit() -> None:
    """If it fails, the proof is none: as many as are asked for is always a bound."""
    problem = crowded(18)
    index = Index(problem)
    plan = make_plan(
        encode(index, candidates(index), exact=False),
        Budget(None, 5.0, threading.Event()),
        PlanParameters(),
        0,
    )
    assert plan.most_sessions is not None
    assert plan.most_sessions < sum(request.count for request in problem.requests)


def test_by_time_counts_the_shortest_first() -> None:
    """If it fails, time that short sessions could use is counted for long ones."""
    types = [{"id": "talk", "minutes": 60}, {"id": "long", "minutes": 120}]
    requests = [
        {"id": "R1", "client": "P1", "session_type": "long"},
        {"id": "R2", "client": "P1", "session_type": "talk", "count": 2},
    ]
    # Three hours: two of one hour, and of the one of two hours nothing.
    assert by_time(Index(alone(session_types=types, requests=requests))) == 2
    wide = [{"id": "C1", "working": hours("mon", end="13:00")}]
    assert by_time(Index(alone(session_types=types, requests=requests, clinicians=wide))) == 3
