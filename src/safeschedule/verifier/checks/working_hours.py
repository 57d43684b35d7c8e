"""Check of the rule ``working_hours``: work only inside working hours."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Activity, MeetingTime, ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR

_APART = frozenset({"break", "preparation", "recovery"})
"""A break is unpaid; buffers are counted with what is due of them."""


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each activity outside a clinician's hours, and minutes over the contracted ones."""
    for clinician in week.clinicians:
        for activity in week.activities(clinician):
            if not isinstance(activity, MeetingTime) and not _inside(week, clinician, activity):
                sentence = f"{clinician} has {activity.name} outside working hours on {week.at(activity)}."
                when = week.moment(activity.start)
                yield report(setting, [clinician], when, "outside", "inside one working period", sentence)
            elif isinstance(activity, Session) and _in_person_at_home(week, clinician, activity):
                sentence = (
                    f"{clinician} has {activity.name} in person where the hours are for telehealth only on "
                    f"{week.at(activity)}."
                )
                when = week.moment(activity.start)
                yield report(setting, [clinician], when, "in person", "telehealth", sentence)
        yield from _contract(week, setting, clinician)


def _inside(week: Week, clinician: str, activity: Activity) -> bool:
    hours = week.hours[clinician]
    if any(start < activity.end and activity.start < end for start, end in week.changes):
        return False
    return any(
        p.start <= activity.start and activity.end <= p.end for p in hours.periods(hours.of(activity.start))
    )


def _in_person_at_home(week: Week, clinician: str, session: Session) -> bool:
    if session.mode != "in_person":
        return False
    periods = week.hours[clinician].periods(week.working_day(clinician, session.start))
    here = (p for p in periods if p.start <= session.start and session.end <= p.end)
    return session.site in week.telehealth_sites or all(period.telehealth_only for period in here)


def _contract(week: Week, setting: Setting, clinician: str) -> Iterator[Finding]:
    most = week.clinicians[clinician].contracted_minutes
    if most is None:
        return
    activities = [a for a in week.activities(clinician) if a.start >= 0]
    total = sum(a.minutes for a in activities if _counts(a))
    total += week.buffers.paid(activities)
    if total > most:
        sentence = f"{clinician} has {total} minutes of work this week; {most} are contracted."
        yield report(
            setting, [clinician], None, f"{total} minutes", f"{most} minutes", sentence, total - most
        )


def _counts(activity: Activity) -> bool:
    return not (isinstance(activity, ProtectedTime) and activity.kind in _APART)
