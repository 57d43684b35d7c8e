"""When clinicians are at work, in minutes from the first minute of the week's first date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from safeschedule.problem import Clinician, Window
from safeschedule.verifier.activity import Activity
from safeschedule.verifier.intervals import Interval, merged, without
from safeschedule.verifier.working_days import Period, WorkingDays, weekday_number


class WorkingHours:
    """The working time of one clinician in the week.

    Of working days that go beyond the week's edges only what lies in the week is known; the one that began on
    the date before the week is -1.

    Parameters
    ----------
    clinician
        Whose.
    dates
        How many dates the week has.
    minute
        Turns a moment into minutes.
    changes
        Minutes that a clock change skips or repeats, merged.
    days
        The clinician's working days.
    """

    def __init__(
        self,
        clinician: Clinician,
        dates: int,
        minute: Callable[[datetime], int],
        changes: Sequence[Interval],
        days: WorkingDays,
    ) -> None:
        self.working_days = days
        self._periods = {day: tuple(_inside(days.periods(day), dates * 1440)) for day in range(-1, dates)}
        spans = [(off.kind, minute(off.start), minute(off.end)) for off in clinician.leave]
        self.leave: list[Interval] = merged((a, b) for kind, a, b in spans if kind != "passed")
        """Time off, merged."""
        holes = merged([*self.leave, *changes])
        self.free = {
            day: [piece for p in periods for piece in without(p.start, p.end, holes)]
            for day, periods in self._periods.items()
        }
        """By working day, the pieces of each working period free of leave and of clock changes."""
        passed = [(a, b) for kind, a, b in spans if kind == "passed"]
        from_first = any(a <= 0 < b for a, b in passed)
        self._begin = max(b for _, b in passed) if from_first else 0
        self._changes = changes

    def periods(self, day: int) -> tuple[Period, ...]:
        """Return the working periods of a working day, sorted."""
        return self._periods.get(day, ())

    def of(self, minute: int) -> int:
        """Return the working day to which a minute belongs."""
        return self.working_days.of(minute)

    def ends(self, day: int) -> int | None:
        """Return when the last period of a working day ends, be it after the week; ``None`` without any."""
        return max((period.end for period in self.working_days.periods(day)), default=None)

    def works_on(self, day: int) -> bool:
        """Return whether there is working time free of leave on a working day."""
        return bool(self.free[day])

    def works(self) -> bool:
        """Return whether there is working time free of leave in the week."""
        return any(self.free.values())

    def ahead(self) -> list[Interval]:
        """Return the pieces free of leave that have not passed.

        Leave of the kind passed is no time off. Where it holds the week's first minute, all time before the
        last end of such leave is gone.
        """
        pieces = ((max(start, self._begin), end) for day in self.free.values() for start, end in day)
        return [(start, end) for start, end in pieces if start < end]

    def ahead_but_for_leave(self) -> list[Interval]:
        """Return the pieces of working periods that have not passed, as if there were no leave."""
        pieces = (
            piece
            for day in self._periods.values()
            for p in day
            for piece in without(p.start, p.end, self._changes)
        )
        return [(max(start, self._begin), end) for start, end in pieces if end > self._begin]

    def longest(self) -> int:
        """Return the longest time ahead in one working period, in one piece, free of leave, in minutes."""
        return max((end - start for start, end in self.ahead()), default=0)

    def on_leave(self, start: int, end: int) -> bool:
        """Return whether the interval overlaps time off."""
        return any(off < end and start < off_end for off, off_end in self.leave)


def _inside(periods: Iterable[Period], end: int) -> Iterable[Period]:
    """Yield what lies in the week of periods."""
    for p in periods:
        if p.start < end and p.end > 0:
            yield Period(max(p.start, 0), min(p.end, end), p.site, p.telehealth_only)


def within_windows(windows: Iterable[Window], weekday: int, activity: Activity) -> bool:
    """Return whether an activity that starts on a weekday (Monday 0) lies wholly inside the windows.

    It lies in one of them, or over midnight in several that adjoin there.
    """
    first = activity.start % 1440
    spans = [(weekday_number(w.day), w.start, w.end) for w in windows]
    return _covered(spans, weekday, first, first + activity.minutes)


def _covered(spans: Sequence[tuple[int, int, int]], weekday: int, start: int, end: int) -> bool:
    if end <= 1440:
        return any(day == weekday and a <= start and end <= b for day, a, b in spans)
    tonight = any(day == weekday and a <= start and b == 1440 for day, a, b in spans)
    return tonight and _covered(spans, (weekday + 1) % 7, 0, end - 1440)


__all__ = ["Period", "WorkingHours", "weekday_number", "within_windows"]
