"""Requests that a hard rule asks for; in a problem narrowed to what has to be, all that are not pinned."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each request without a pin."""
    pinned = {pin.request for pin in problem.pinned_appointments}
    seated = {(pin.group, client) for pin in problem.pinned_groups for client in pin.clients}
    for request in problem.requests:
        if request.id in pinned or (request.group, request.client) in seated:
            continue
        many = "a session" if request.count == 1 else f"{request.count} sessions"
        what = f"{request.id} asks for {many} of {request.session_type} for {request.client}."
        yield Condition("request", (request.id,), (request.client,), what, Tier.SERVICE)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem without some requests."""
    kept = tuple(request for request in problem.requests if (request.id,) not in keys)
    return problem.model_copy(update={"requests": kept})
