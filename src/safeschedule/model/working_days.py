"""Working days: one that begins in the evening goes on after midnight, and is that of its first date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from safeschedule.problem.clock import DAY

WEEK = 7


class Stretch(NamedTuple):
    """A span of working time in one place, in minutes of the week (or of its date)."""

    start: int
    end: int
    site: int
    remote: bool

    def later(self, minutes: int) -> Stretch:
        """Return the same so many minutes later."""
        return self._replace(start=self.start + minutes, end=self.end + minutes)


class Shifts:
    """The working days of a clinician, on any date: 0 is the week's first, -1 the one before.

    Parameters
    ----------
    dates
        The working periods by date of the week, as they recur, in minutes of their date.
    closed
        Dates on which nobody works.
    apart
        A rest of so many minutes ends a working day.
    """

    def __init__(self, dates: Sequence[Sequence[Stretch]], closed: Collection[int], apart: int) -> None:
        self._dates = [sorted(date) for date in dates]
        self._closed, self._apart = closed, apart
        self.overnight = any(self._going_on(self._dates[d - 1], self._dates[d]) for d in range(WEEK))
        """Whether any working day goes on after midnight, in a week without closed dates."""

    def _open(self, date: int) -> list[Stretch]:
        return [] if date in self._closed else self._dates[date % WEEK]

    def _going_on(self, before: Sequence[Stretch], after: Sequence[Stretch]) -> int:
        """Return how many of a date's first periods go on with the working day of the date before."""
        if not before:
            return 0
        evening, end = before[-1].start, before[-1].end - DAY
        for earlier in before[-2::-1]:
            if evening - earlier.end >= self._apart:
                break
            evening = earlier.start
        for number, period in enumerate(after):
            if period.start - end >= self._apart or period.end > evening:
                return number
            end = period.end
        return len(after)

    def carried(self, date: int) -> int:
        """Return how many periods of a date belong to the working day before."""
        return self._going_on(self._open(date - 1), self._open(date)) if self.overnight else 0

    def on(self, day: int) -> list[Stretch]:
        """Return the periods of a working day; those that meet at midnight, in one place, are one."""
        own = [period.later(day * DAY) for period in self._open(day)[self.carried(day) :]]
        for period in self._open(day + 1)[: self.carried(day + 1)]:
            more = period.later((day + 1) * DAY)
            if own and own[-1].end == more.start == (day + 1) * DAY and own[-1][2:] == more[2:]:
                own[-1] = own[-1]._replace(end=more.end)
            else:
                own.append(more)
        return own

    def until(self, date: int) -> int:
        """Return up to which of its minutes a date belongs to the working day before."""
        number = self.carried(date)
        if not number:
            return 0
        periods = self._open(date)
        following = [period.start for period in periods[number : number + 1]]
        return min(periods[number - 1].end + self._apart, DAY, *following)

    def day(self, minute: int) -> int:
        """Return the working day to which a minute belongs."""
        date, clock = divmod(minute, DAY)
        return date - (self.overnight and clock < self.until(date))
