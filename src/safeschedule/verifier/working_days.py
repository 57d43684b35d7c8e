"""To which working day a clinician's time belongs: one that begins in the evening goes on after midnight."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from safeschedule.problem import Clinician

_NUMBERS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


@dataclass(frozen=True, slots=True)
class Period:
    """A working period, in minutes from the first minute of the week's first date."""

    start: int
    end: int
    site: str | None
    telehealth_only: bool = False


class WorkingDays:
    """The working days of one clinician, in this week and in others, named by the date on which they begin.

    Dates are numbers: 0 is the week's first, -1 the one before. Working periods recur every week but on
    dates on which the service is closed; leave and clock changes are left aside.

    Parameters
    ----------
    clinician
        Whose.
    weekday
        That of the week's first date; Monday is 0.
    closed
        Dates on which the service is closed.
    apart
        A rest of so many minutes ends a working day (of the rule ``rest``).
    """

    def __init__(self, clinician: Clinician, weekday: int, closed: Collection[int], apart: int) -> None:
        self._weekday, self._closed, self._apart = weekday, closed, apart
        self._known: dict[int, list[Period]] = {}
        self._pattern: list[list[Period]] = [[] for _ in range(7)]
        for given in clinician.working:
            if given.start < given.end:
                period = Period(given.start, given.end, given.site, given.telehealth_only)
                self._pattern[_NUMBERS[given.day]].append(period)
        for day in self._pattern:
            day.sort(key=_order)
        # Nobody who is never at work at midnight works over it, which is nearly everybody.
        self._nights = any(
            evening and morning and evening[-1].end - 1440 + apart > morning[0].start
            for evening, morning in zip(self._pattern, [*self._pattern[1:], self._pattern[0]], strict=True)
        )

    def of(self, minute: int) -> int:
        """Return the working day to which a minute belongs."""
        date = minute // 1440
        return date - 1 if self._nights and minute - date * 1440 < self._until(date) else date

    def periods(self, day: int) -> list[Period]:
        """Return the periods of a working day, sorted; two that adjoin at midnight and are alike are one."""
        # Rules that look back and ahead ask for the same days again and again.
        if day not in self._known:
            self._known[day] = self._joined(day)
        return self._known[day]

    def _joined(self, day: int) -> list[Period]:
        found = [_moved(p, day * 1440) for p in self._on(day)[self._carried(day) :]]
        later = [_moved(p, day * 1440 + 1440) for p in self._on(day + 1)[: self._carried(day + 1)]]
        if found and later and _alike(found[-1], later[0]):
            later[0] = replace(later[0], start=found.pop().start)
        return [*found, *later]

    def over_midnight(self, day: int) -> bool:
        """Return whether a working day has periods on the date after."""
        return self._carried(day + 1) > 0

    def any(self) -> bool:
        """Return whether there are any working periods, on open dates."""
        return any(self._pattern)

    def _on(self, date: int) -> Sequence[Period]:
        """Return the periods of a date, in minutes from its midnight."""
        return () if date in self._closed else self._pattern[(self._weekday + date) % 7]

    def _carried(self, date: int) -> int:
        """Return how many of a date's periods belong to the working day of the date before."""
        if not self._nights:
            return 0
        evening, morning = self._on(date - 1), self._on(date)
        if not evening:
            return 0
        first = evening[-1]
        for earlier in reversed(evening):
            if first.start - earlier.end >= self._apart:
                break
            first = earlier
        return sum(1 for _ in self._following(evening[-1].end - 1440, first.start, morning))

    def _following(self, end: int, most: int, periods: Sequence[Period]) -> Iterator[Period]:
        for period in periods:
            if period.start - end >= self._apart or period.end > most:
                return
            yield period
            end = period.end

    def _until(self, date: int) -> int:
        """Return the minute of a date up to which it belongs to the working day of the date before."""
        carried, periods = self._carried(date), self._on(date)
        if not carried:
            return 0
        until = min(periods[carried - 1].end + self._apart, 1440)
        return min(until, periods[carried].start) if carried < len(periods) else until


def _order(period: Period) -> tuple[int, int, str]:
    return period.start, period.end, period.site or ""


def _moved(period: Period, minutes: int) -> Period:
    return replace(period, start=period.start + minutes, end=period.end + minutes)


def _alike(before: Period, after: Period) -> bool:
    """Return whether one goes on as the other."""
    same = before.site == after.site and before.telehealth_only == after.telehealth_only
    return same and before.end == after.start


def weekday_number(day: str) -> int:
    """Return the number of a weekday as problem files write it; Monday is 0."""
    return _NUMBERS[day]
