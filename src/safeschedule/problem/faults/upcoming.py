"""Requests of later weeks: each is judged as one of this week would be, but for its dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from safeschedule.errors import Fault
from safeschedule.problem.clock import DAY, moment_at
from safeschedule.problem.faults import attendants, groups, references, times, work
from safeschedule.problem.faults.view import View
from safeschedule.problem.showing import show

_ALIKE = (*references.CHECKS, *times.CHECKS, *work.CHECKS, *groups.CHECKS, *attendants.CHECKS)
_OF_ITS_WEEK = frozenset({"asked_twice", "outside_week"})
"""What may be in another week, or is asked of upcoming requests in another way."""


def not_upcoming(view: View) -> Iterator[Fault]:
    """Find those without a date after this week."""
    first = moment_at(view.problem.week_start, 7 * DAY).date()
    for i, request in enumerate(view.problem.upcoming):
        if request.earliest is None or request.earliest < first:
            found = "" if request.earliest is None else str(request.earliest)
            expected = f"a date after the week, from {first} on; what is for this week is for requests"
            yield Fault("not_upcoming", f"upcoming[{i}].earliest", found, expected)


def upcoming_twice(view: View) -> Iterator[Fault]:
    """Find codes that stand twice for one date; a request may come again on several."""
    first: dict[object, int] = {}
    for i, request in enumerate(view.problem.upcoming):
        earlier = first.setdefault((request.id, request.earliest), i)
        if earlier != i:
            expected = f"another id or another date (upcoming[{earlier}] has these)"
            yield Fault("upcoming_twice", f"upcoming[{i}].id", show(request.id), expected)


def as_of_this_week(view: View) -> Iterator[Fault]:
    """Find what would be wrong in a request of this week, too."""
    if not view.problem.upcoming:
        return
    there = View(view.problem.model_copy(update={"requests": view.problem.upcoming}))
    for check in _ALIKE:
        for fault in check(there):
            if fault.place.startswith("requests[") and fault.code not in _OF_ITS_WEEK:
                yield replace(fault, place=fault.place.replace("requests", "upcoming", 1))


CHECKS = (not_upcoming, upcoming_twice, as_of_this_week)
