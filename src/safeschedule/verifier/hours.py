"""When clinicians are at work, in minutes from the first minute of the week's first date."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from safeschedule.problem import Clinician, Window
from safeschedule.verifier.activity import Activity
from safeschedule.verifier.intervals import Interval, merged, without

_NUMBERS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


@dataclass(frozen=True, slots=True)
class Period:
    """A working period on a date of the week."""

    start: int
    end: int
    site: str | None
    telehealth_only: bool = False


class Hours:
    """The working time of one clinician in the week.

    Parameters
    ----------
    clinician
        Whose.
    dates
        The week's dates.
    minute
        Turns a moment into minutes.
    changes
        Minutes that a clock change skips or repeats, merged.
    closed
        Dates on which the service is closed; 0 is the week's first. They have no working periods.
    """

    def __init__(
        self,
        clinician: Clinician,
        dates: Sequence[date],
        minute: Callable[[datetime], int],
        changes: Sequence[Interval],
        closed: Container[int] = (),
    ) -> None:
        by_day: list[list[Period]] = [[] for _ in dates]
        for period in clinician.working:
            for day, when in enumerate(dates):
                if _NUMBERS[period.day] == when.weekday() and day not in closed and period.start < period.end:
                    begin = day * 1440
                    by_day[day].append(
                        Period(begin + period.start, begin + period.end, period.site, period.telehealth_only)
                    )
        self._periods = [
            tuple(sorted(found, key=lambda p: (p.start, p.end, p.site or ""))) for found in by_day
        ]
        spans = [(off.kind, minute(off.start), minute(off.end)) for off in clinician.leave]
        self.leave: list[Interval] = merged((a, b) for kind, a, b in spans if kind != "passed")
        """Time off, merged."""
        holes = merged([*self.leave, *changes])
        self.free = [
            [piece for p in day for piece in without(p.start, p.end, holes)] for day in self._periods
        ]
        """By date, the pieces of each working period free of leave and of clock changes."""
        passed = [(a, b) for kind, a, b in spans if kind == "passed"]
        from_first = any(a <= 0 < b for a, b in passed)
        self._begin = max(b for _, b in passed) if from_first else 0
        self._changes = changes

    def periods(self, day: int) -> tuple[Period, ...]:
        """Return the working periods of a date, sorted."""
        return self._periods[day]

    def works_on(self, day: int) -> bool:
        """Return whether there is working time free of leave on a date."""
        return bool(self.free[day])

    def works(self) -> bool:
        """Return whether there is working time free of leave in the week."""
        return any(self.free)

    def ahead(self) -> list[Interval]:
        """Return the pieces free of leave that have not passed.

        Leave of the kind passed is no time off. Where it holds the week's first minute, all time before the
        last end of such leave is gone.
        """
        pieces = ((max(start, self._begin), end) for day in self.free for start, end in day)
        return [(start, end) for start, end in pieces if start < end]

    def ahead_but_for_leave(self) -> list[Interval]:
        """Return the pieces of working periods that have not passed, as if there were no leave."""
        pieces = (
            piece for day in self._periods for p in day for piece in without(p.start, p.end, self._changes)
        )
        return [(max(start, self._begin), end) for start, end in pieces if end > self._begin]

    def longest(self) -> int:
        """Return the longest time ahead in one working period, in one piece, free of leave, in minutes."""
        return max((end - start for start, end in self.ahead()), default=0)

    def on_leave(self, start: int, end: int) -> bool:
        """Return whether the interval overlaps time off."""
        return any(off < end and start < off_end for off, off_end in self.leave)


def within_windows(windows: Iterable[Window], weekday: int, activity: Activity) -> bool:
    """Return whether an activity on a weekday (Monday 0) lies wholly inside one of the windows."""
    start = activity.start % 1440
    end = start + activity.minutes
    return any(_NUMBERS[w.day] == weekday and w.start <= start and end <= w.end for w in windows)


def weekday_number(day: str) -> int:
    """Return the number of a weekday as problem files write it; Monday is 0."""
    return _NUMBERS[day]
