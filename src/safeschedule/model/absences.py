"""Leave and work on any date, also outside the week: working periods recur, clock changes are left aside."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.model.index import Index
from safeschedule.model.spans import DAYS, cut
from safeschedule.problem.clock import DAY
from safeschedule.problem.faults.view import merged
from safeschedule.problem.people import PASSED

Span = tuple[int, int]
"""Start and end in wall-clock minutes of the week; dates before it are negative."""


def worked_on(index: Index, clinician: int, day: int) -> list[Span]:
    """Return the working periods of a working day (0: the week's first date), leave or not."""
    return [(period.start, period.end) for period in index.shifts[clinician].on(day)]


def free_on(index: Index, clinician: int, day: int, leave: Sequence[Span] | None = None) -> list[Span]:
    """Return the working time of a working day that is free of leave, or of some leave."""
    away = index.leave[clinician] if leave is None else leave
    return cut(worked_on(index, clinician, day), list(away))


def foreseen(index: Index, clinician: int) -> list[Span]:
    """Return the leave of a clinician of which one knows beforehand."""
    spans = (span for span in index.clinicians[clinician].leave if span.kind not in ("sick", PASSED))
    return [(index.minute(span.start), index.minute(span.end)) for span in spans]


def long_leaves(index: Index, clinician: int, length: int, leave: Sequence[Span] | None = None) -> list[Span]:
    """Return the leaves (or those among some) that overlap working periods of at least `length` days.

    Those that touch, or have no working time between them, are one.
    """
    if not index.clinicians[clinician].working:
        return []
    away = index.leave[clinician] if leave is None else leave
    return _long(index, clinician, length, away)


def _long(index: Index, clinician: int, length: int, away: Sequence[Span]) -> list[Span]:
    leaves: list[Span] = []
    for leave in merged(away):
        if leaves and not _works_between(index, clinician, leaves[-1][1], leave[0]):
            leaves[-1] = leaves[-1][0], leave[1]
        else:
            leaves.append(leave)
    return [leave for leave in leaves if _is_long(index, clinician, leave, length)]


def _works_between(index: Index, clinician: int, low: int, high: int) -> bool:
    days = range(low // DAY - 1, high // DAY + 1)
    # More than a week of open dates between two leaves holds working time.
    return len(days) > DAYS + 2 + len(index.closed) or any(
        start < high and low < end for day in days for start, end in worked_on(index, clinician, day)
    )


def _is_long(index: Index, clinician: int, leave: Span, length: int) -> bool:
    start, end = leave
    found = 0
    # A leave of years is long within its first weeks.
    for day in range(start // DAY - 1, (end - 1) // DAY + 1):
        found += any(a < end and start < b for a, b in worked_on(index, clinician, day))
        if found >= length:
            return True
    return False
