"""Debriefs and follow-ups after critical incidents: what is due in the week, and what has a place there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from safeschedule.problem import Incident, Setting
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.week import Week

_REACH = 28


@dataclass(frozen=True, slots=True)
class IncidentDuty:
    """A debrief or follow-up of one clinician, and the time in which it is due.

    Parameters
    ----------
    last
        The working day until which it is due, and at whose end the time ends.
    possible
        Whether the clinician and a supervisor have a place for it together.
    """

    incident: Incident
    clinician: str
    name: str
    minutes: int
    start: int
    end: int
    last: int
    possible: bool


def due_this_week(week: Week, setting: Setting) -> Iterator[IncidentDuty]:
    """Yield what is due until a date of the week, possible or not."""
    leads = [code for code, clinician in week.clinicians.items() if clinician.is_supervisor]
    for incident in week.problem.incidents:
        for clinician in sorted(week.clinicians.keys() & set(incident.clinicians)):
            for name, minutes, start, last in _all_due(week, setting, incident, clinician):
                if 0 <= last < len(week.dates):
                    end = Absences(week, clinician).end(last)
                    starts = week.together.common(clinician, leads, minutes, passed=True)
                    possible = bool(starts & week.together.between(start, end))
                    yield IncidentDuty(incident, clinician, name, minutes, start, end, last, possible)


def _all_due(
    week: Week, setting: Setting, incident: Incident, clinician: str
) -> Iterator[tuple[str, int, int, int]]:
    """Yield name, length, first minute and last date of what is due to a clinician."""
    happened = week.minute(incident.happened)
    day = week.working_day(clinician, happened)
    if clinician not in incident.debriefed:
        last = _last_day(Absences(week, clinician), day, setting.whole("days"))
        if last is not None:
            yield "debrief", setting.whole("minutes"), happened, last
    if clinician not in incident.followed_up:
        first, last = (day + setting.whole(name) for name in ("follow_from", "follow_to"))
        yield "follow-up", setting.whole("follow_minutes"), first * 1440, last


def _last_day(absences: Absences, day: int, days: int) -> int | None:
    at_work = (later for later in range(day + 1, day + 1 + _REACH) if absences.works_on(later))
    return max(islice(at_work, days), default=None)
