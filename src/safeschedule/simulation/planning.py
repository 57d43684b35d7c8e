"""One simulated week planned, by the search or a part of it, and verified."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from safeschedule.errors import DisagreementError, InputError
from safeschedule.problem import Problem, require_sound
from safeschedule.schedule import Schedule, stated
from safeschedule.verifier import Verification, examine

Effort = Annotated[float, Field(ge=0, le=1e9)]
"""Of the search for each week, in the solver's own units of work; 0: constructed alone."""

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
    # Loaded when weeks are planned: whoever reads results, or a schema, needs no engine.
    from safeschedule.pipeline import solve
    from safeschedule.simulation.constructing import constructed

    def plan(problem: Problem) -> Planned | None:
        require_sound(problem)
        if effort:
            result = solve(
                problem, time_limit=None, deterministic_limit=effort, workers=1, seed=seed, stop=stop
            )
            if result.schedule is None or result.verification is None or result.interrupted:
                return None
            return result.schedule, result.verification
        schedule = constructed(problem, seed, stop)
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
