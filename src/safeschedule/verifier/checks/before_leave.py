"""Check of the rule ``before_leave``: no extra clients or sessions and no intakes before leave."""

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
    """Yield each intake and each extra client or session in the days before a long leave."""
    for clinician in week.clinicians:
        absences = Absences(week, clinician, _UNFORESEEN)
        spans = list(_days_before(week, setting, absences))
        sessions = _sessions(week, setting, clinician) if spans else []
        for session in sessions:
            day = absences.of(session.start)
            if any(first <= day and session.start < end for first, end in spans):
                yield from _judge(week, setting, clinician, session, sessions)


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


def _sessions(week: Week, setting: Setting, clinician: str) -> list[Session]:
    exempt = setting.names("exempt")
    sessions = (activity for activity in week.activities(clinician) if isinstance(activity, Session))
    return [session for session in sessions if session.group is None and session.kind not in exempt]


def _is_extra(session: Session, sessions: list[Session]) -> bool:
    """Return whether a session comes on top of what its clients have with the clinician this week."""
    request = session.request
    if request is not None and (request.standing is not None or request.every is not None):
        return False
    asked = None if request is None else request.id
    return any(
        other.start < session.start
        and set(other.clients) & set(session.clients)
        and (other.request is None or other.request.id != asked)
        for other in sessions
    )


def _judge(
    week: Week, setting: Setting, clinician: str, session: Session, sessions: list[Session]
) -> Iterator[Finding]:
    others = [client for client in session.clients if week.clients[client].clinician != clinician]
    if session.kind == "intake":
        found, why = "an intake", "it is an intake"
    elif not others:
        if not _is_extra(session, sessions):
            return
        found, why = "an extra session", "it is not the first this week and nothing regular"
    else:
        found = "a client of somebody else's"
        why = f"{wording.listing(others)} {'is' if len(others) == 1 else 'are'} not on the own caseload"
    sentence = (
        f"{clinician} has {session.name} on {week.at(session)}, shortly before a long leave, and {why}."
    )
    who, when = (clinician, *session.clients), week.moment(session.start)
    yield report(setting, who, when, found, "own clients and no intake", sentence)
