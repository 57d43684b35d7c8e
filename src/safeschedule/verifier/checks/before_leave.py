"""Check of the rule ``before_leave``: no extra clients and no intakes before leave."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.intervals import Interval
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR

_REACH = 14
_UNFORESEEN = ("sick", "passed")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each intake and each session with a client of somebody else's in the days before a long leave."""
    exempt = setting.names("exempt")
    for clinician in week.clinicians:
        absences = Absences(week, clinician, _UNFORESEEN)
        spans = list(_days_before(week, setting, absences))
        for session in _sessions(week, clinician, spans, absences):
            if session.group is None and session.kind not in exempt:
                yield from _judge(week, setting, clinician, session)


def _days_before(week: Week, setting: Setting, absences: Absences) -> Iterator[Interval]:
    """Yield the first working day before each long leave on which the rule holds, and the leave's start."""
    days, length = setting.whole("days"), setting.whole("length")
    for leave in absences.leaves:
        start = leave[0]
        near = 0 < start < (len(week.dates) + _REACH) * 1440
        if near and absences.is_long(leave, length):
            yield _first_day(absences, absences.of(start), days), start


def _first_day(absences: Absences, leave_day: int, days: int) -> int:
    at_work = [day for day in range(leave_day - _REACH, leave_day) if absences.works_on(day)]
    counted = at_work[max(0, len(at_work) - days) :]
    return counted[0] if counted else leave_day


def _sessions(week: Week, clinician: str, spans: list[Interval], absences: Absences) -> Iterator[Session]:
    for activity in week.activities(clinician) if spans else ():
        day = absences.of(activity.start)
        within = any(first <= day and activity.start < end for first, end in spans)
        if within and isinstance(activity, Session):
            yield activity


def _judge(week: Week, setting: Setting, clinician: str, session: Session) -> Iterator[Finding]:
    others = [client for client in session.clients if week.clients[client].clinician != clinician]
    if session.kind != "intake" and not others:
        return
    if session.kind == "intake":
        found, why = "an intake", "it is an intake"
    else:
        found = "a client of somebody else's"
        why = f"{wording.listing(others)} {'is' if len(others) == 1 else 'are'} not on the own caseload"
    sentence = (
        f"{clinician} has {session.name} on {week.at(session)}, shortly before a long leave, and {why}."
    )
    who, when = (clinician, *session.clients), week.moment(session.start)
    yield report(setting, who, when, found, "own clients and no intake", sentence)
