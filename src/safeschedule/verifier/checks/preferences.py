"""Check of the rule ``preferences``: preferred times."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting, Window
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import within_windows
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each appointment outside its client's and outside its clinician's preferred windows."""
    for session in week.sessions:
        for client in session.clients:
            yield from _outside(week, setting, session, client, week.clients[client].preferred)
        for clinician in session.clinicians:
            yield from _outside(week, setting, session, clinician, week.clinicians[clinician].preferred)


def _outside(
    week: Week, setting: Setting, session: Session, who: str, windows: tuple[Window, ...]
) -> Iterator[Finding]:
    if windows and not within_windows(windows, week.dates[session.day].weekday(), session):
        at = week.at(session)
        sentence = f"The session on {at} is outside the times that {who} prefers."
        yield report(setting, [who], week.moment(session.start), at, "a preferred time", sentence)
