"""Check of the rule ``group_support``: preparation before and documentation after each group."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician of a group session without preparation, and each without documentation."""
    before, after = setting.whole("before"), setting.whole("after")
    for session in week.sessions:
        if session.kind != "group":
            continue
        for clinician in session.clinicians:
            if before and not _own_preparation(session) and not _prepared(week, setting, clinician, session):
                yield _missing(week, setting, clinician, session, "preparation before", before)
            if after and not _documented(week, setting, clinician, session):
                yield _missing(week, setting, clinician, session, "documentation after", after)


def _own_preparation(session: Session) -> bool:
    return session.type is not None and session.type.preparation_minutes is not None


def _prepared(week: Week, setting: Setting, clinician: str, session: Session) -> bool:
    blocks = week.blocks_on(clinician, week.working_day(clinician, session.start), "group_preparation")
    longest = setting.whole("within")
    return any(b.minutes >= setting.whole("before") and 0 <= session.start - b.end <= longest for b in blocks)


def _documented(week: Week, setting: Setting, clinician: str, session: Session) -> bool:
    blocks = week.blocks_on(clinician, week.working_day(clinician, session.start), "documentation")
    longest = setting.whole("within")
    return any(b.minutes >= setting.whole("after") and 0 <= b.start - session.end <= longest for b in blocks)


def _missing(
    week: Week, setting: Setting, clinician: str, session: Session, what: str, minutes: int
) -> Finding:
    within = setting.whole("within")
    sentence = (
        f"{clinician} has no {minutes} minutes of {what} the group on {week.at(session)}, "
        f"at most {within} minutes from it."
    )
    when = week.moment(session.start)
    return report(setting, [clinician], when, "no block", f"{minutes} minutes", sentence, minutes)
