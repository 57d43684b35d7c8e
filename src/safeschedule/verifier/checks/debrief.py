"""Check of the rule ``debrief``: a debrief after a critical incident."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.incidents import IncidentDuty, due_this_week
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("debrief")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each debrief and each follow-up that this week had to bring and does not."""
    for due in due_this_week(week, setting):
        if due.possible and not _held(week, due):
            yield _missing(week, setting, due)


def _held(week: Week, due: IncidentDuty) -> bool:
    return any(
        due.start <= block.start < due.end
        and block.minutes >= due.minutes
        and block.supervisor not in (None, due.clinician)
        and week.clinicians[block.supervisor].is_supervisor
        for block in week.blocks_of(due.clinician, "debrief")
    )


def _missing(week: Week, setting: Setting, due: IncidentDuty) -> Finding:
    happened = due.incident.happened
    sentence = (
        f"{due.clinician} has no {due.name} of {wording.count(due.minutes, 'minute')} with a supervisor by "
        f"{week.day_name(due.last)}, after the incident of {wording.day_name(happened.date())}, "
        f"{happened:%H:%M}."
    )
    when, limit = week.moment(due.last * 1440), f"{due.minutes} minutes"
    return report(setting, [due.clinician], when, f"no {due.name}", limit, sentence)
