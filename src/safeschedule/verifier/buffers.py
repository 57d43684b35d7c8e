"""What belongs to a session beside it: preparation before and recovery after; work, no gap and no pause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Activity, Session
from safeschedule.verifier.intervals import Interval, merged, without
from safeschedule.verifier.preparation import is_preparation, minutes_before, paid_before, spans_before
from safeschedule.verifier.recovery import is_recovery, minutes_due, paid_minutes, spans_due


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
        yield from spans_due(self.recovery, activities)
        yield from spans_before(self.preparation, activities)

    def paid(self, activities: Sequence[Activity]) -> int:
        """Return the minutes of a clinician's buffers: what is due, and what blocks hold beside it."""
        return paid_minutes(self.recovery, activities) + paid_before(self.preparation, activities)

    def idle_between(self, first: Session, second: Session, activities: Sequence[Activity]) -> int:
        """Return the minutes between two sessions that are no buffer, neither one due nor one given.

        Parameters
        ----------
        activities
            The clinician's, among them the blocks of preparation and recovery.
        """
        given = merged((a.start, a.end) for a in activities if is_recovery(a) or is_preparation(a))
        start = first.end + minutes_due(self.recovery, first)
        rest = without(start, second.start - minutes_before(self.preparation, second), given)
        return sum(end - begin for begin, end in rest)
