"""Requests that a hard rule asks for by themselves: all of them where access is hard, else none.

Where another rule asks for a session, a request is what can meet it, and no hindrance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from safeschedule.explaining.clashes.condition import Condition, Key, gives_way
from safeschedule.problem import Problem


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each request with sessions that are not pinned."""
    setting = problem.rulebook.setting("access")
    if not (setting.enabled and setting.hard):
        return
    pinned = _pinned(problem)
    for request in problem.requests:
        more = request.count - pinned[request.id]
        if more > 0:
            many = "a session" if more == 1 else f"{more} sessions"
            what = f"{request.id} asks for {many} of {request.session_type} for {request.client}."
            yield Condition("request", (request.id,), (request.client,), what, gives_way(setting))


def _pinned(problem: Problem) -> Counter[str]:
    """Return how many sessions of each request are pinned."""
    found = Counter(pin.request for pin in problem.pinned_appointments)
    seated = Counter((pin.group, client) for pin in problem.pinned_groups for client in pin.clients)
    for request in problem.requests:
        if request.group is not None:
            found[request.id] += seated[request.group, request.client]
    return found


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which nothing is asked of some requests beside what is pinned."""
    pinned = _pinned(problem)
    kept = tuple(
        request.model_copy(update={"count": pinned[request.id]}) if (request.id,) in keys else request
        for request in problem.requests
        if (request.id,) not in keys or pinned[request.id]
    )
    return problem.model_copy(update={"requests": kept})
