"""Which activities follow each other in a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from safeschedule.verifier.activity import Activity, MeetingTime, ProtectedTime, Session
from safeschedule.verifier.buffers import Buffers

_NO_REST = frozenset({"preparation", "recovery", "reset", "urgent_slot"})


def in_a_row(
    activities: Sequence[Activity],
    chosen: Callable[[Session], bool],
    parts: Callable[[Activity], bool],
    gap: int,
    buffers: Buffers,
) -> Iterator[tuple[Session, Session]]:
    """Yield each chosen session of a date with the next one, where the two are not parted.

    Parameters
    ----------
    activities
        A clinician's activities of one date, sorted by start.
    chosen
        Which sessions may stand in a row.
    parts
        Which activities part two of them when they start between the first's end and the second's start.
    gap
        Minutes between end and start, buffers left out, that part them by themselves.
    buffers
        Of the week.
    """
    before: Session | None = None
    between: list[int] = []
    for activity in activities:
        if isinstance(activity, Session) and chosen(activity):
            if before is not None and buffers.idle_between(before, activity, activities) < gap:
                end = before.end
                if not any(end <= start < activity.start for start in between):
                    yield before, activity
            before, between = activity, []
        elif parts(activity):
            between.append(activity.start)


def breaks_high_run(activity: Activity) -> bool:
    """Return whether an activity breaks a run of high-intensity sessions."""
    if isinstance(activity, Session):
        return activity.type is not None and not activity.high
    if isinstance(activity, ProtectedTime):
        return activity.kind not in _NO_REST
    return isinstance(activity, MeetingTime)


def high_pairs(
    activities: Sequence[Activity], gap: int, buffers: Buffers
) -> Iterator[tuple[Session, Session]]:
    """Yield each two high-intensity sessions of a date that are in a row (see `in_a_row`)."""
    return in_a_row(activities, lambda session: session.high, breaks_high_run, gap, buffers)
