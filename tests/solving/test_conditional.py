"""What weaker tiers cannot exceed while the stronger ones keep what they reached."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule import Problem
from safeschedule.catalogue import Tier
from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.relaxation.assignment_plan import make_plan
from safeschedule.solving.relaxation.conditional import conditional_bounds
from safeschedule.solving.relaxation.lagrangian import Relaxed
from safeschedule.solving.relaxation.plan import ConditionalBound
from safeschedule.solving.relaxation.relax_and_round import relax
from safeschedule.solving.tiers import soft_tiers
from tests.solving.test_wide import with_new_clients
from tests.solving.whole import best_beside, solve_whole

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def unlimited() -> Budget:
    """Return a budget without any limit."""
    return Budget(None, None, threading.Event())


def relaxed_by(problem: Problem, way: str) -> Relaxed | None:
    """Return the relaxation of a week, with its open requests pooled or not."""
    index, parameters = Index(problem), PlanParameters(share=1.0)
    if way == "pooled":
        return relax(index, suiting(index), unlimited(), parameters, 99).relaxed
    return make_plan(encode(index, candidates(index), exact=False), unlimited(), parameters, 0).relaxed


@given(problem=with_new_clients(), way=st.sampled_from(["whole", "pooled"]), data=st.data())
@settings(deadline=None, suppress_health_check=SLOW, max_examples=60)
@pytest.mark.slow
def test_no_schedule_exceeds_a_conditional_bound(problem: Problem, way: str, data: st.DataObject) -> None:
    """If it fails, a schedule is called nearer to the best than it is."""
    tiers, whole = soft_tiers(Index(problem).settings), solve_whole(problem)
    if whole is None or not tiers:
        return
    reached = tuple(best - data.draw(st.integers(0, 300)) for best in whole.best)
    best = dict(zip(tiers, best_beside(problem, reached), strict=True))
    relaxed = relaxed_by(problem, way)
    assert relaxed is not None
    found = list(conditional_bounds(relaxed, tiers, dict(zip(tiers, reached, strict=True)), unlimited()))
    assert {bound.tier for bound in found} <= set(tiers[1:])
    for bound in found:
        assert bound.holds(dict(zip(tiers, reached, strict=True)))
        assert best[bound.tier] <= bound.most


def test_work_that_is_placed_loads_somebody() -> None:
    """If it fails, fairness is bounded by a week without work, and every gap looks larger than it is."""
    problem = generate(3, 1)
    relaxed = relaxed_by(problem, "whole")
    assert relaxed is not None
    tiers = soft_tiers(Index(problem).settings)
    # All that the relaxation can place of the stronger tiers.
    placed = dict.fromkeys(tiers, 0)
    placed[Tier.SERVICE] = int(relaxed.programme.solve(relaxed.first, seconds=60.0, whole=False).bound) - 1
    fairness = next(
        bound
        for bound in conditional_bounds(relaxed, tiers, placed, unlimited())
        if bound.tier is Tier.FAIRNESS
    )
    assert fairness.most < 0


def test_bound_holds_only_while_its_conditions_do() -> None:
    """If it fails, a bound is used for a schedule that gave up some of a stronger tier."""
    bound = ConditionalBound(Tier.FAIRNESS, ((((Tier.URGENT, 5), (Tier.SERVICE, 1)), 100),), -3.0)
    assert bound.holds({Tier.URGENT: 10, Tier.SERVICE: 50})
    assert not bound.holds({Tier.URGENT: 10, Tier.SERVICE: 49})
