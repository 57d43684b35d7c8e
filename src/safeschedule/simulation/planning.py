"""One simulated week planned, by the search or a part of it, and verified."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from pydantic import Field

from safeschedule.errors import DisagreementError, InputError
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.joining import joined
from safeschedule.pipeline import solve
from safeschedule.problem import Problem, require_sound
from safeschedule.schedule import Schedule, stated
from safeschedule.solving.budget import Budget
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.progress import Progress
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.construction import Construction
from safeschedule.verifier import Verification, examine

Effort = Annotated[float, Field(ge=0, le=1e9)]
"""Of the search for each week, in the solver's own units of work; 0: constructed alone."""

_CONSTRUCTING = 0.05
"""Units of work of a construction: room for one, not for a second try."""

Planned = tuple[Schedule, Verification]
Planner = Callable[[Problem], Planned | None]


def planner(effort: float, seed: int, stop: threading.Event) -> Planner:
    """Return what plans and verifies a week.

    Parameters
    ----------
    effort
        0: the construction with which the search begins, and nothing after it; more: the whole search with
        this deterministic limit.
    seed
        Of the search.
    stop
        When set, there is no week.
    """

    def plan(problem: Problem) -> Planned | None:
        require_sound(problem)
        if effort:
            result = solve(
                problem, time_limit=None, deterministic_limit=effort, workers=1, seed=seed, stop=stop
            )
            if result.schedule is None or result.verification is None or result.interrupted:
                return None
            return result.schedule, result.verification
        schedule = _constructed(problem, seed, stop)
        if schedule is None:
            return None
        account = examine(problem, schedule)
        if not account.compliant:
            broken = [finding for finding in account.findings if finding.hard]
            raise DisagreementError([f"verifier: [{each.rule}] {each.sentence}" for each in broken])
        return stated("simulate", problem, schedule, verified=True), account

    return plan


def tried(plan: Planner, problem: Problem) -> Planned | None:
    """Return a planned week; ``None`` where its problem has faults, such as a supervisor who is away."""
    try:
        return plan(problem)
    except InputError:
        return None


def _constructed(problem: Problem, seed: int, stop: threading.Event) -> Schedule | None:
    index = Index(problem)
    budget = Budget(None, _CONSTRUCTING, stop)
    search = Search(
        index, budget, seed=seed, workers=1, gap=0.0, on_progress=_unheard, parameters=SearchParameters()
    )
    try:
        with ThreadPoolExecutor(max_workers=1) as search.pool:
            Construction().run(search)
    finally:
        search.proofs.finish_all()
    if search.best is None:
        return None
    return extract(index.patient, joined(index.patient, search.rows.take(search.best.chosen)))


def _unheard(_: Progress) -> None:
    """Hear nothing: weeks of a simulation are many, and soon planned."""
