"""Working days of clinicians in minutes: what is free, what is protected for notes, and what notes take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from safeschedule.problem import BlockKind, Problem, Weekday
from safeschedule.schedule import Schedule


@dataclass
class Day:
    """A clinician's date, in minutes.

    Parameters
    ----------
    idle
        Working time in which nothing is planned.
    documentation
        Protected for notes.
    notes
        What the day's notes take.
    outside
        Work outside the hours, notes aside.
    """

    idle: float = 0.0
    documentation: float = 0.0
    notes: float = 0.0
    outside: float = 0.0

    def late_notes(self, gaps: float) -> float:
        """Return the minutes of notes that are written outside the hours; some free time is used for them."""
        return max(0.0, self.notes - self.documentation - gaps * max(0.0, self.idle))


class Days:
    """All working days of a week.

    Parameters
    ----------
    problem, schedule
        The week as it was planned.
    """

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self._days: dict[tuple[str, date], Day] = {}
        for person in problem.clinicians:
            for number in range(7):
                day = problem.week_start + timedelta(days=number)
                free = sum(
                    _outside_leave(
                        datetime.combine(day, time()) + timedelta(minutes=period.start),
                        datetime.combine(day, time()) + timedelta(minutes=period.end),
                        [(leave.start, leave.end) for leave in person.leave],
                    )
                    for period in person.working
                    if period.day is Weekday.of(day)
                )
                if free > 0:
                    self._days[person.id, day] = Day(idle=free)
        self._busy(problem, schedule)

    def _busy(self, problem: Problem, schedule: Schedule) -> None:
        for session in schedule.appointments:
            for code in session.clinicians:
                self.of(code, session.start.date()).idle -= session.minutes
        for block in schedule.blocks:
            for code in {*block.clinicians, *([block.supervisor] if block.supervisor else [])}:
                own = self.of(code, block.start.date())
                own.idle -= block.minutes
                if block.kind is BlockKind.DOCUMENTATION:
                    own.documentation += block.minutes
        for meeting in problem.meetings:
            for code in meeting.clinicians:
                if (code, meeting.start.date()) in self._days:
                    self.of(code, meeting.start.date()).idle -= meeting.minutes

    @property
    def known(self) -> tuple[tuple[str, date], ...]:
        """The clinicians and dates on which they work."""
        return tuple(self._days)

    def of(self, code: str, day: date) -> Day:
        """Return a clinician's date."""
        return self._days.setdefault((code, day), Day())


def _outside_leave(start: datetime, end: datetime, leave: list[tuple[datetime, datetime]]) -> float:
    """Return the minutes of a period that are in no leave; leaves do not overlap."""
    whole = (end - start).total_seconds()
    for begin, over in leave:
        whole -= max(0.0, (min(end, over) - max(start, begin)).total_seconds())
    return max(0.0, whole / 60)
