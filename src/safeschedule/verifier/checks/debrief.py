"""Check of the rule ``debrief``: a debrief after a critical incident."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from safeschedule.problem import Incident, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("debrief")

_REACH = 28


@dataclass(frozen=True, slots=True)
class _Due:
    """A debrief or follow-up of one clinician, and the time in which it is due."""

    clinician: str
    name: str
    minutes: int
    start: int
    end: int

    @property
    def last(self) -> int:
        """The date until which it is due."""
        return self.end // 1440 - 1


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each debrief and each follow-up that this week had to bring and does not."""
    supervisors = [code for code, clinician in week.clinicians.items() if clinician.is_supervisor]
    for incident in week.problem.incidents:
        for clinician in sorted(week.clinicians.keys() & set(incident.clinicians)):
            for due in _all_due(week, setting, incident, clinician):
                this_week = 0 <= due.last < len(week.dates)
                if this_week and not _held(week, due) and _possible(week, due, supervisors):
                    yield _missing(week, setting, incident, due)


def _all_due(week: Week, setting: Setting, incident: Incident, clinician: str) -> Iterator[_Due]:
    happened = week.minute(incident.happened)
    if clinician not in incident.debriefed:
        last = _last_day(Absences(week, clinician), happened // 1440, setting.whole("days"))
        if last is not None:
            yield _Due(clinician, "debrief", setting.whole("minutes"), happened, (last + 1) * 1440)
    if clinician not in incident.followed_up:
        first, last = (happened // 1440 + setting.whole(name) for name in ("follow_from", "follow_to"))
        minutes = setting.whole("follow_minutes")
        yield _Due(clinician, "follow-up", minutes, first * 1440, (last + 1) * 1440)


def _last_day(absences: Absences, day: int, days: int) -> int | None:
    at_work = (later for later in range(day + 1, day + 1 + _REACH) if absences.works_on(later))
    return max(islice(at_work, days), default=None)


def _held(week: Week, due: _Due) -> bool:
    days = range(max(0, due.start // 1440), due.last + 1)
    return any(
        due.start <= block.start < due.end
        and block.minutes >= due.minutes
        and block.supervisor not in (None, due.clinician)
        and week.clinicians[block.supervisor].is_supervisor
        for day in days
        for block in week.blocks_on(due.clinician, day, "debrief")
    )


def _possible(week: Week, due: _Due, supervisors: list[str]) -> bool:
    others = (code for code in supervisors if code != due.clinician)
    return _has_piece(week, due, due.clinician) and any(_has_piece(week, due, code) for code in others)


def _has_piece(week: Week, due: _Due, clinician: str) -> bool:
    pieces = (piece for day in week.hours[clinician].free for piece in day)
    return any(min(end, due.end) - max(start, due.start) >= due.minutes for start, end in pieces)


def _missing(week: Week, setting: Setting, incident: Incident, due: _Due) -> Finding:
    happened = f"{wording.day_name(incident.happened.date())}, {incident.happened:%H:%M}"
    sentence = (
        f"{due.clinician} has no {due.name} of {wording.count(due.minutes, 'minute')} with a supervisor by "
        f"{week.day_name(due.last)}, after the incident of {happened}."
    )
    when, limit = week.moment(due.last * 1440), f"{due.minutes} minutes"
    return report(setting, [due.clinician], when, f"no {due.name}", limit, sentence)
