"""The way of large teams, taken with small ones, is held against the whole model solved at once."""

from __future__ import annotations

import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule import Problem
from safeschedule.model.candidates import suiting
from safeschedule.model.index import Index
from safeschedule.solving.budget import Budget
from safeschedule.solving.evaluate import worth_of
from safeschedule.solving.objective import soft_tiers
from safeschedule.solving.search import Search
from safeschedule.solving.wide import relax
from tests.solving.drawn import easy_problems
from tests.solving.whole import solve_whole

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
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


@given(problem=with_new_clients())
@settings(deadline=None, suppress_health_check=SLOW, max_examples=40)
def test_pooling_new_clients_relaxes(problem: Problem) -> None:
    """If it fails, the bound of a large team is below what a schedule can have."""
    index = Index(problem)
    whole = solve_whole(problem)
    wide = relax(index, suiting(index), budget(), 1.0)
    if whole is None or not soft_tiers(index.settings):
        return
    assert not wide.infeasible
    assert whole.best[0] <= wide.bounds[0]
    assert sum(w * b for w, b in zip(wide.weights, whole.best, strict=True)) <= wide.total


@given(problem=with_new_clients())
@settings(deadline=None, suppress_health_check=SLOW, max_examples=25)
def test_large_way_with_small_teams(problem: Problem) -> None:
    """If it fails, the search of large teams breaks a rule, loses a schedule, or claims what is not so."""
    index = Index(problem)
    whole = solve_whole(problem)
    outcome = Search(index, budget(), workers=2, wide_from=0).run()
    assert outcome.infeasible == (whole is None)
    if whole is None or outcome.rows is None:
        assert whole is None
        return
    assert worth_of(index, outcome.rows) is not None
    if soft_tiers(index.settings):
        reached = tuple(state.reached for state in outcome.tiers)
        assert reached <= whole.best
        assert whole.best[0] <= outcome.tiers[0].bound
