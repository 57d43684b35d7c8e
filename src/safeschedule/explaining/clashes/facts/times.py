"""When clients can come, and the dates and times of requests."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem, Request


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each client with windows and a request, and for each request with its own."""
    asking = {request.client for request in problem.requests}
    for client in problem.clients:
        if client.windows and client.id in asking:
            what = f"{client.id} can come {words.windows(client.windows)}."
            yield Condition("times", ("client", client.id), (client.id,), what, Tier.SERVICE)
    for request in problem.requests:
        if request.windows or request.earliest or request.latest:
            yield Condition(
                "times", ("request", request.id), (request.client,), _sentence(request), Tier.SERVICE
            )


def _sentence(request: Request) -> str:
    parts = [words.windows(request.windows)] if request.windows else []
    parts += [f"from {request.earliest}"] if request.earliest else []
    parts += [f"until {request.latest}"] if request.latest else []
    return f"{request.id} is for {', '.join(parts)}."


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which some clients, or requests, are open to any time."""
    anytime: dict[str, Any] = {"windows": (), "earliest": None, "latest": None}
    clients = tuple(
        c.model_copy(update={"windows": ()}) if ("client", c.id) in keys else c for c in problem.clients
    )
    requests = tuple(
        r.model_copy(update=anytime) if ("request", r.id) in keys else r for r in problem.requests
    )
    return problem.model_copy(update={"clients": clients, "requests": requests})
