"""What belongs to a session beside it: preparation before and recovery after; work, no gap and no pause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from safeschedule.problem import SessionType, Setting
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.intervals import Interval, merged, shared, without


def is_recovery(activity: Activity) -> bool:
    """Return whether an activity is a block of recovery."""
    return isinstance(activity, ProtectedTime) and activity.kind == "recovery"


def is_preparation(activity: Activity) -> bool:
    """Return whether an activity is a block of preparation for a session (a group's are of another kind)."""
    return isinstance(activity, ProtectedTime) and activity.kind == "preparation"


def recovery_after(setting: Setting, kind: SessionType | None) -> int:
    """Return how much recovery belongs after a session of a type.

    Parameters
    ----------
    setting
        That of the rule ``recovery_buffer``; while it is off, none is due.
    """
    if not setting.enabled or kind is None:
        return 0
    if kind.recovery_minutes is not None:
        return kind.recovery_minutes
    return setting.whole("minutes") if kind.trauma_processing else 0


def preparation_before(setting: Setting, kind: SessionType | None) -> int:
    """Return how much preparation belongs before a session of a type.

    Parameters
    ----------
    setting
        That of the rule ``preparation``; while it is off, none is due.
    """
    if not setting.enabled or kind is None:
        return 0
    return kind.preparation_minutes or 0


@dataclass(frozen=True)
class Buffers:
    """The buffers of a week's sessions.

    Parameters
    ----------
    recovery, preparation
        The settings of the rules ``recovery_buffer`` and ``preparation``; of one that is off nothing is due.
    """

    recovery: Setting
    preparation: Setting

    def spans(self, activities: Sequence[Activity]) -> Iterator[Interval]:
        """Yield the span of each buffer that is due."""
        yield from self._recovery(activities)
        yield from self._preparation(activities)

    def _recovery(self, activities: Iterable[Activity]) -> Iterator[Interval]:
        for session in activities:
            if isinstance(session, Session) and (due := recovery_after(self.recovery, session.type)):
                yield session.end, session.end + due

    def _preparation(self, activities: Iterable[Activity]) -> Iterator[Interval]:
        for session in activities:
            minutes = (
                preparation_before(self.preparation, session.type) if isinstance(session, Session) else 0
            )
            if minutes:
                yield session.start - minutes, session.start

    def paid(self, activities: Sequence[Activity]) -> int:
        """Return the minutes of a clinician's buffers: what is due, and what blocks hold beside it."""
        after = _paid(self._recovery(activities), filter(is_recovery, activities))
        return after + _paid(self._preparation(activities), filter(is_preparation, activities))

    def idle_between(self, first: Session, second: Session, activities: Sequence[Activity]) -> int:
        """Return the minutes between two sessions that are no buffer, neither one due nor one given.

        Parameters
        ----------
        activities
            The clinician's, among them the blocks of preparation and recovery.
        """
        given = merged((a.start, a.end) for a in activities if is_recovery(a) or is_preparation(a))
        start = first.end + recovery_after(self.recovery, first.type)
        rest = without(start, second.start - preparation_before(self.preparation, second.type), given)
        return sum(end - begin for begin, end in rest)


def _paid(due: Iterable[Interval], blocks: Iterable[Activity]) -> int:
    spans = list(due)
    joined = merged(spans)
    beside = sum(block.minutes - shared(block.start, block.end, joined) for block in blocks)
    return beside + sum(end - start for start, end in spans)
