"""Check of the rule ``client_availability``: sessions lie inside the client's windows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeschedule.problem import Request, Setting
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import within_windows
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each appointment whose client windows, request windows or dates are not kept."""
    for session in week.sessions:
        weekday = week.dates[session.day].weekday()
        for client in session.clients:
            windows = week.clients[client].windows
            if windows and not within_windows(windows, weekday, session):
                at = week.at(session)
                sentence = f"{client} is not available for the session on {at}."
                when = week.moment(session.start)
                yield report(setting, [client], when, at, "inside the client's windows", sentence)
        for request in session.requests:
            yield from _request(week, setting, session, request)


def _request(week: Week, setting: Setting, session: Session, request: Request) -> Iterator[Finding]:
    when, day = week.moment(session.start), week.dates[session.day]
    who = (request.client, request.id)
    if request.windows and not within_windows(request.windows, day.weekday(), session):
        at = week.at(session)
        sentence = f"The request {request.id} does not allow the time of {session.short} on {at}."
        yield report(setting, who, when, at, "inside the request's windows", sentence)
    if limit := _broken_date(request, day):
        sentence = f"The request {request.id} allows {session.short} {limit}, not on {week.at(session)}."
        yield report(setting, who, when, week.day_name(session.day), limit, sentence)


def _broken_date(request: Request, day: date) -> str:
    if request.earliest is not None and day < request.earliest:
        return f"from {request.earliest.isoformat()}"
    if request.latest is not None and day > request.latest:
        return f"until {request.latest.isoformat()}"
    return ""
