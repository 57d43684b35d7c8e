"""A reason for each request left out, with the engine that `explain_left_out` asks option by option."""

from __future__ import annotations

import math
import threading
from collections.abc import Collection

from safeschedule.errors import InputError
from safeschedule.explaining.unplaced.comparing import session_value
from safeschedule.explaining.unplaced.reasons import UNTRIED, Reasons
from safeschedule.explaining.unplaced.week import Week
from safeschedule.problem import Problem
from safeschedule.schedule import LeftOut, LeftOutKind, Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.budget import Budget

_AFTER_STOP = 1.0
_DETERMINISTIC = 6.0
"""In the solver's units, with building booked; most weeks take less."""


def why_left_out(
    problem: Problem, schedule: Schedule, budget: Budget, requests: Collection[str] | None = None
) -> tuple[LeftOut, ...]:
    """Return an entry for each request of which sessions are missing.

    The most valuable are looked at first; those that are not reached say that they were not examined.

    Parameters
    ----------
    schedule
        A compliant schedule.
    budget
        Of all reasons together (see `reasons_budget`).
    requests
        Codes of those that are told of; by default all.
    """
    placed = served(problem, schedule)
    missing = [
        number
        for number, asked in enumerate(problem.requests)
        if placed[asked.id] < asked.count and (requests is None or asked.id in requests)
    ]
    if not missing:
        return ()
    found: dict[int, LeftOut] = {}
    unknown = "Not examined: the schedule has something that the optimiser has no words for."
    week = None
    try:
        week = None if budget.over else Week(problem, schedule, over=lambda: budget.interrupted)
    except InputError:
        # It comes from a solver that plans what no row says.
        pass
    else:
        unknown = UNTRIED.sentence
    if week is not None:
        reasons = Reasons(week, budget)
        for number in sorted(missing, key=lambda n: -session_value(week.index, n)):
            found[number] = reasons.entry(number)
    return tuple(
        found[n]
        if n in found
        else LeftOut(
            request=(asked := problem.requests[n]).id,
            sessions=asked.count - placed[asked.id],
            kind=LeftOutKind.NOT_EXAMINED,
            reason=unknown,
        )
        for n in missing
    )


def reasons_budget(budget: Budget, seconds: float) -> Budget:
    """Return what the reasons may take after a search: so many seconds, or one after a stop.

    A solve that can be repeated is bounded in the solver's own units; the seconds are its ceiling.
    """
    if budget.stop.is_set():
        return Budget(min(_AFTER_STOP, seconds), None, threading.Event())
    ceiling = seconds if math.isfinite(seconds) else None
    return Budget(ceiling, _DETERMINISTIC if budget.repeatable else None, budget.stop)
