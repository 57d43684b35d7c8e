"""Recovery after sessions, as every check that counts time takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.intervals import Interval, merged, shared


def is_recovery(activity: Activity) -> bool:
    """Return whether an activity is a block of recovery."""
    return isinstance(activity, ProtectedTime) and activity.kind == "recovery"


def minutes_due(setting: Setting, session: Session) -> int:
    """Return how much recovery belongs after a session.

    Parameters
    ----------
    setting
        That of the rule ``recovery_buffer``; while it is off, none is due.
    """
    kind = session.type
    if not setting.enabled or kind is None:
        return 0
    if kind.recovery_minutes is not None:
        return kind.recovery_minutes
    return setting.whole("minutes") if kind.trauma_processing else 0


def spans_due(setting: Setting, activities: Iterable[Activity]) -> Iterator[Interval]:
    """Yield the span of recovery that is due after each session that needs some."""
    for activity in activities:
        minutes = minutes_due(setting, activity) if isinstance(activity, Session) else 0
        if minutes:
            yield activity.end, activity.end + minutes


def paid_minutes(setting: Setting, activities: Sequence[Activity]) -> int:
    """Return the minutes of recovery of a clinician's week: what is due, and what blocks hold beside it."""
    spans = list(spans_due(setting, activities))
    joined = merged(spans)
    blocks = (a for a in activities if is_recovery(a))
    beside = sum(block.minutes - shared(block.start, block.end, joined) for block in blocks)
    return beside + sum(end - start for start, end in spans)
