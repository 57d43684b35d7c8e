"""A reason for each request left out, with the engine that `explain_left_out` asks option by option."""

from __future__ import annotations

import math
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace

from safeschedule.errors import InputError
from safeschedule.explaining.unplaced.comparing import session_value
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.reasons import UNTRIED, Reasons, plainly
from safeschedule.explaining.unplaced.told import Reason
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.schedule import LeftOut, LeftOutKind, Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.budget import Budget

_AFTER_STOP = 1.0
_PLAINLY = 0.2
"""Seconds for what the data alone say, when there are none left."""
_DETERMINISTIC = 6.0
"""In the solver's units, with building booked; most weeks take less."""
_SHARE = 0.5
"""Of a deterministic limit, what reasons take at most."""

_UNTRIED = Reason(
    LeftOutKind.NOT_EXAMINED,
    (),
    "Not examined: there was no time left; allow a longer limit, or ask safeschedule explain PROBLEM "
    "SCHEDULE.",
)
_WORDLESS = Reason(
    LeftOutKind.NOT_EXAMINED,
    (),
    "Not examined: the schedule has something that the optimiser has no words for.",
)


def why_left_out(
    problem: Problem, schedule: Schedule, budget: Budget, requests: Collection[str] | None = None
) -> tuple[LeftOut, ...]:
    """Return an entry for each request of which sessions are missing.

    What the data alone say is told first, whatever the time; then what stands in the schedule; then what
    takes a model. Each time the most valuable come first; those that are not reached say that they were not
    examined.

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
    index = Index(problem, over=lambda: budget.interrupted)
    found = _found(index, schedule, budget, sorted(missing, key=lambda n: -session_value(index, n)))
    return tuple(
        LeftOut(
            request=(asked := problem.requests[number]).id,
            sessions=asked.count - placed[asked.id],
            kind=found[number].kind,
            rules=found[number].rules,
            reason=found[number].sentence,
        )
        for number in missing
    )


def _found(index: Index, schedule: Schedule, budget: Budget, ordered: Sequence[int]) -> dict[int, Reason]:
    """Return a reason for each of some requests, the most valuable of which come first."""
    # Facts come to their end: they end between two requests.
    ground = Ground(index.problem, schedule, index=index.patient)
    plain: dict[int, Reason | None] = {}
    week: Ground | None = None
    unknown = _UNTRIED
    may = _Plainly(budget)
    for number in ordered:
        plain[number] = plainly(ground, number) if may.go_on() else None
    rest = [number for number in ordered if plain[number] is None]
    found = {number: reason for number, reason in plain.items() if reason is not None}
    if rest and not budget.over:
        try:
            week = Ground(index.problem, schedule, index=index, standing=ground.standing)
            week.require_compliant()
            _ = week.placements
        except InputError:
            # It comes from a solver that plans what no row says.
            unknown = _WORDLESS
        except InterruptedWorkError:
            pass
    if week is not None:
        found |= Reasons(week, budget).of(rest)
    return {number: _advised(found.get(number, unknown)) for number in ordered}


class _Plainly:
    """Says whether there is time for one more request's facts: a little longer than for anything else."""

    def __init__(self, budget: Budget) -> None:
        self._budget, self._until = budget, math.inf

    def go_on(self) -> bool:
        if self._budget.interrupted:
            self._until = min(self._until, self._budget.elapsed + _PLAINLY)
        return self._budget.elapsed < self._until


def _advised(reason: Reason) -> Reason:
    """Return a reason; where there was no time for it, with what helps."""
    return replace(reason, sentence=_UNTRIED.sentence) if reason == UNTRIED else reason


def reasons_budget(budget: Budget, seconds: float) -> Budget:
    """Return what the reasons may take after a search: so many seconds, or one after a stop.

    A solve that can be repeated is bounded in the solver's own units, by a share of its limit; the seconds
    are its ceiling.
    """
    if budget.stop.is_set():
        return Budget(min(_AFTER_STOP, seconds), None, threading.Event())
    ceiling = seconds if math.isfinite(seconds) else None
    if budget.deterministic is None:
        return Budget(ceiling, None, budget.stop)
    return Budget(ceiling, min(_DETERMINISTIC, _SHARE * budget.deterministic), budget.stop)
