"""Which requests a schedule serves, and how often."""

from __future__ import annotations

from collections import Counter

from safeschedule.problem import Problem, Request
from safeschedule.schedule.schedule import LeftOut, Schedule


def served(problem: Problem, schedule: Schedule) -> Counter[str]:
    """Return how many sessions each request has, by its code.

    A session of a group serves what its clients have asked of the group.
    """
    asking = {(r.group or "", r.client): r.id for r in problem.requests if r.group is not None}
    found: Counter[str] = Counter()
    for appointment in schedule.appointments:
        if appointment.group is None and appointment.request is not None:
            found[appointment.request] += 1
        for client in appointment.clients:
            if (appointment.group or "", client) in asking:
                found[asking[appointment.group or "", client]] += 1
    return found


def with_one_less(schedule: Schedule, request: Request) -> Schedule:
    """Return a schedule in which one session less of a request is listed as left out."""

    def less(entry: LeftOut) -> LeftOut | None:
        if entry.request != request.id:
            return entry
        return entry.model_copy(update={"sessions": entry.sessions - 1}) if entry.sessions > 1 else None

    left = tuple(entry for entry in map(less, schedule.left_out) if entry is not None)
    return schedule.model_copy(update={"left_out": left})
