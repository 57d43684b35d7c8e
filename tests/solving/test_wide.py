"""The way of large teams, taken with small ones, is held against the whole model solved at once."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule import Problem
from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Role
from safeschedule.problem import BlockKind
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.solving.evaluate import worth_of
from safeschedule.solving.parameters import PlanParameters, SearchParameters, SizeParameters
from safeschedule.solving.relaxation.assignment_plan import make_plan
from safeschedule.solving.relaxation.bounds import tighter_bounds, whole_bounds
from safeschedule.solving.relaxation.hosts import any_host, few_hosts
from safeschedule.solving.relaxation.relax_and_round import plan_of, relax
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.matheuristic import run
from safeschedule.solving.tiers import soft_tiers
from tests.solving.drawn import easy_problems
from tests.solving.whole import solve_levels, solve_whole

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
ALL = PlanParameters(share=1.0)
EASY = easy_problems(max_clinicians=3, max_sessions=5, max_days=3)


@st.composite
def with_new_clients(draw: st.DrawFn) -> Problem:
    """Draw a problem in which some clients have no clinician yet."""
    problem = draw(EASY)
    pinned = {pin.request for pin in problem.pinned_appointments}
    kept = {r.client for r in problem.requests if r.id in pinned}
    new = draw(st.sets(st.sampled_from([c.id for c in problem.clients] or [""])))
    clients = tuple(
        c.model_copy(update={"clinician": None}) if c.id in new - kept else c for c in problem.clients
    )
    return problem.model_copy(update={"clients": clients})


def budget(deterministic: float = 1000.0) -> Budget:
    """Return a budget that no small week uses up."""
    return Budget(None, deterministic, threading.Event())


@given(problem=with_new_clients(), apart=st.sampled_from([2, 99]))
@settings(deadline=None, suppress_health_check=SLOW, max_examples=60)
@pytest.mark.slow
def test_pooling_new_clients_relaxes(problem: Problem, apart: int) -> None:
    """If it fails, the bound of a large team is below what a schedule can have."""
    index = Index(problem)
    whole = solve_levels(problem)
    wide = relax(index, suiting(index), budget(), ALL, apart)
    if whole is None or not soft_tiers(index.settings):
        return
    assert not wide.infeasible
    assert whole.best[0] <= wide.bounds[0]
    assert sum(w * b for w, b in zip(wide.weights, whole.best, strict=True)) <= wide.total


@given(problem=with_new_clients(), wide_from=st.sampled_from([0, 99]))
@settings(deadline=None, suppress_health_check=SLOW, max_examples=40)
@pytest.mark.slow
@pytest.mark.long
def test_large_way_with_small_teams(problem: Problem, wide_from: int) -> None:
    """If it fails, the search of large teams breaks a rule, loses a schedule, or claims what is not so."""
    index = Index(problem)
    whole = solve_whole(problem)
    parameters = SearchParameters(size=SizeParameters(pooled_from=0, wide_from=wide_from))
    outcome = run(Search(index, budget(), workers=2, parameters=parameters))
    assert outcome.infeasible == (whole is None)
    if whole is None or outcome.rows is None:
        assert whole is None
        return
    assert worth_of(index, outcome.rows) is not None
    if soft_tiers(index.settings):
        reached = tuple(state.reached for state in outcome.tiers)
        assert reached <= whole.best
        assert whole.best[0] <= outcome.tiers[0].bound


@given(problem=with_new_clients(), way=st.sampled_from(["whole", "pooled", "pooled, then whole"]))
@settings(deadline=None, suppress_health_check=SLOW, max_examples=75)
@pytest.mark.slow
def test_bounds_beside_the_search_are_bounds(problem: Problem, way: str) -> None:
    """If it fails, the bound that is found beside the search is below what a schedule can have."""
    index, unlimited = Index(problem), Budget(None, None, threading.Event())
    whole = solve_levels(problem)
    tiers = soft_tiers(index.settings)
    if whole is None or not tiers:
        return
    rows = candidates(index)
    if way == "whole":
        plan = make_plan(encode(index, rows, exact=False), unlimited, ALL, 0)
    else:
        plan = plan_of(index, rows, tiers, relax(index, suiting(index), unlimited, ALL, 99), {})[0]
    assert plan.relaxed is not None
    # As if planning had waited for no week.
    everyone = range(len(index.clinicians))
    plan.relaxed = replace(plan.relaxed, unsettled=everyone, hard=everyone)
    reached = sum(w * b for w, b in zip(plan.weights, whole.best, strict=True))
    never, integer = threading.Event(), way == "whole"
    found = list(tighter_bounds(plan.relaxed, never, 60.0, lambda: (integer, integer)))
    if way == "pooled, then whole":
        found += whole_bounds(index, rows, plan, never, 60.0)
    assert found or way == "pooled"
    for first, total in found:
        assert whole.best[0] <= first
        assert reached <= total


def test_seats_of_a_large_team() -> None:
    """If it fails, somebody has no seat with the own supervisor, or the relaxation lacks a time for one."""
    index = Index(generate(60, 3))
    rows = candidates(index, np.zeros((len(index.requests), len(index.clinicians)), dtype=bool))
    seats = rows.take(rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.ATTEND))
    few = few_hosts(index, rows, 1)
    kept = few.take(few.of_block(BlockKind.CONSULTATION) & (few.role == Role.ATTEND))
    assert len(few) - len(kept) == len(rows) - len(seats)
    assert set(kept.records()) < set(seats.records())
    leads = {index.clinician_number[c.id] for c in index.clinicians if c.is_supervisor}
    for number, person in enumerate(index.clinicians):
        hosts = set(kept.partner[kept.clinician == number].tolist())
        assert len(hosts) <= len(leads) - 1
        if person.supervisor is not None and (seats.clinician == number).any():
            assert index.clinician_number[person.supervisor] in hosts
    pooled = any_host(index, rows)
    anywhere = pooled.take(pooled.role == Role.ATTEND)
    assert len(set(anywhere.records())) == len(anywhere)
    assert set(zip(anywhere.clinician, anywhere.start, strict=True)) == set(
        zip(seats.clinician, seats.start, strict=True)
    )
