"""Contacts and reviews that are due, where a hard rule asks for them.

Nobody can undo that they are due; what may give way is the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each client with a past contact or a review to come."""
    setting = problem.rulebook.setting("contact_expectations")
    if not (setting.enabled and setting.hard):
        return
    seen = {past.client for past in problem.history.appointments}
    for client in problem.clients:
        if client.last_contact is None and client.next_review is None and client.id not in seen:
            continue
        what = f"{client.id} (band {client.band}) may be due for contact or review this week."
        yield Condition("contact", (client.id,), (client.id,), what)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which some clients are due for nothing."""
    # The past stays as it is, because other rules look back on it, too.
    gone = {"last_contact": problem.week_start + timedelta(days=6), "next_review": None}
    clients = tuple(c.model_copy(update=gone) if (c.id,) in keys else c for c in problem.clients)
    return problem.model_copy(update={"clients": clients})
