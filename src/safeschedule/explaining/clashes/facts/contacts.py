"""Contacts and reviews that are due, where a hard rule asks for them.

Nobody can undo that they are due; what may give way is the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Client, Problem
from safeschedule.verifier.wording import day_name


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each client with a past contact or a review to come."""
    setting = problem.rulebook.setting("contact_expectations")
    if not (setting.enabled and setting.hard):
        return
    seen = {past.client for past in problem.history.appointments}
    for client in problem.clients:
        if client.last_contact is None and client.next_review is None and client.id not in seen:
            continue
        yield Condition("contact", (client.id,), (client.id,), _sentence(problem, client))


def _sentence(problem: Problem, client: Client) -> str:
    seen = [past.start.date() for past in problem.history.appointments if past.client == client.id]
    last = max([*seen, *([] if client.last_contact is None else [client.last_contact])], default=None)
    parts = [] if last is None else [f"had the last contact on {day_name(last)}"]
    parts += [] if client.next_review is None else [f"is due for review by {day_name(client.next_review)}"]
    return f"{client.id} (band {client.band}) {' and '.join(parts)}."


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which some clients are due for nothing."""
    # The past stays as it is, because other rules look back on it, too.
    gone = {"last_contact": problem.week_start + timedelta(days=6), "next_review": None}
    clients = tuple(c.model_copy(update=gone) if (c.id,) in keys else c for c in problem.clients)
    return problem.model_copy(update={"clients": clients})
