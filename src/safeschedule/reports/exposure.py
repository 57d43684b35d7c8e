"""High-intensity minutes of each clinician by date, and over five working days up to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.exposure import exposure, first_counted, past_exposure
from safeschedule.verifier.week import Week


@dataclass(frozen=True)
class ExposureDay:
    """One working day.

    Parameters
    ----------
    day
        The date on which it begins.
    minutes
        In high-intensity sessions that day.
    rolling
        The same over five working days up to it, with those of the history, as the rule ``rolling_exposure``
        counts.
    """

    day: date
    minutes: int
    rolling: int


def exposure_days(problem: Problem, schedule: Schedule) -> dict[str, tuple[ExposureDay, ...]]:
    """Return the regular working days of each clinician in the week of a problem without faults."""
    week = Week(problem, schedule)
    this_week, before = exposure(week), past_exposure(week)
    found = {}
    for code in week.clinicians:
        absences = Absences(week, code)
        own = [(absences.of(start), spent) for start, spent in this_week.get(code, ())]
        both = [*own, *((absences.of(start), spent) for start, spent in before.get(code, ()))]
        days = []
        for day in filter(absences.is_regular, range(len(week.dates))):
            first = first_counted(absences, day)
            days.append(
                ExposureDay(
                    week.dates[day],
                    sum(spent for at, spent in own if at == day),
                    sum(spent for at, spent in both if first <= at <= day),
                )
            )
        found[code] = tuple(days)
    return found
