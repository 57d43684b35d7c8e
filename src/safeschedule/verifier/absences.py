"""Leave and working time of a clinician on dates of any week, not only of the one that is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from safeschedule.verifier.intervals import Interval, merged, without
from safeschedule.verifier.week import Week


class Absences:
    """When a clinician is away and when at work, near the week and far from it.

    Dates are numbers: 0 is the week's first, -1 the one before; a working day is that of the date on which it
    begins. Working periods recur every week but on dates on which the service is closed, and clock changes
    are left aside.

    Parameters
    ----------
    week
        The week that is checked.
    clinician
        Whose time; one whom the problem knows.
    aside
        Kinds of leave to leave aside.
    """

    def __init__(self, week: Week, clinician: str, aside: Collection[str] = ()) -> None:
        self._closed, self._days = week.closed, week.hours[clinician].working_days
        leave = week.hours[clinician].leave
        if aside:
            left = {*aside, "passed"}
            kept = (span for span in week.clinicians[clinician].leave if span.kind not in left)
            leave = merged((week.minute(span.start), week.minute(span.end)) for span in kept)
        self.leaves = list(self._joined(leave))
        """Time off, sorted; what overlaps or touches, or has no working time between, is one leave."""

    def _joined(self, leaves: Sequence[Interval]) -> Iterator[Interval]:
        before: Interval | None = None
        for leave in leaves:
            if before is not None and self._nothing_between(before[1], leave[0]):
                before = before[0], leave[1]
                continue
            if before is not None:
                yield before
            before = leave
        if before is not None:
            yield before

    def _nothing_between(self, end: int, start: int) -> bool:
        # Whoever works at all works within any eight open dates.
        first, last = end // 1440 - 1, min((start - 1) // 1440, end // 1440 + 8 + len(self._closed))
        return not any(a < start and end < b for day in range(first, last + 1) for a, b in self._on(day))

    def is_regular(self, day: int) -> bool:
        """Return whether a working day has a working period, leave or not."""
        return bool(self._days.periods(day))

    def of(self, minute: int) -> int:
        """Return the working day to which a minute belongs."""
        return self._days.of(minute)

    def end(self, day: int) -> int:
        """Return the end of a working day: that of its date, or later where it goes on after midnight."""
        return max([(day + 1) * 1440, *(end for _, end in self._on(day))])

    def works_on(self, day: int) -> bool:
        """Return whether there is working time free of leave on a working day."""
        return self.works_after(day, day * 1440)

    def works_after(self, day: int, minute: int) -> bool:
        """Return whether there is working time free of leave on a working day after a minute."""
        pieces = (piece for start, end in self._on(day) for piece in without(start, end, self.leaves))
        return any(end > minute for _, end in pieces)

    def is_long(self, leave: Interval, length: int) -> bool:
        """Return whether a leave overlaps working periods of at least `length` working days."""
        # Without the first condition a leave of centuries would be looked at date by date.
        return self._days.any() and len(list(islice(self._overlapped(leave), length))) >= length

    def _overlapped(self, leave: Interval) -> Iterator[int]:
        first, last = leave
        for day in range(first // 1440 - 1, (last - 1) // 1440 + 1):
            if any(start < last and first < end for start, end in self._on(day)):
                yield day

    def _on(self, day: int) -> Iterator[Interval]:
        for period in self._days.periods(day):
            yield period.start, period.end
