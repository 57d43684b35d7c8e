"""On which dates somebody works, for questions that reach beyond the week."""

from __future__ import annotations

from datetime import date

from safeschedule.problem.clock import DAY, Weekday, minutes_after
from safeschedule.problem.people import Clinician


def works_on(person: Clinician, day: date) -> bool:
    """Return whether a clinician has working time free of leave on a date; clock changes are left aside."""
    away = [(minutes_after(day, leave.start), minutes_after(day, leave.end)) for leave in person.leave]
    for period in person.working:
        if period.day is Weekday.of(day):
            free = set(range(period.start, period.end))
            for start, end in away:
                free -= set(range(max(0, start), min(DAY, end)))
            if free:
                return True
    return False
