"""Preparation before sessions, as every check that counts time takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.intervals import Interval, merged, shared


def is_preparation(activity: Activity) -> bool:
    """Return whether an activity is a block of preparation for a session (a group's are of another kind)."""
    return isinstance(activity, ProtectedTime) and activity.kind == "preparation"


def minutes_before(setting: Setting, session: Session) -> int:
    """Return how much preparation belongs before a session.

    Parameters
    ----------
    setting
        That of the rule ``preparation``; while it is off, none is due.
    """
    if not setting.enabled or session.type is None:
        return 0
    return session.type.preparation_minutes or 0


def spans_before(setting: Setting, activities: Iterable[Activity]) -> Iterator[Interval]:
    """Yield the span of preparation that is due before each session that needs some."""
    for activity in activities:
        minutes = minutes_before(setting, activity) if isinstance(activity, Session) else 0
        if minutes:
            yield activity.start - minutes, activity.start


def paid_before(setting: Setting, activities: Sequence[Activity]) -> int:
    """Return a clinician's minutes of preparation: what is due, and what blocks hold beside it."""
    spans = list(spans_before(setting, activities))
    joined = merged(spans)
    blocks = (a for a in activities if is_preparation(a))
    beside = sum(block.minutes - shared(block.start, block.end, joined) for block in blocks)
    return beside + sum(end - start for start, end in spans)
