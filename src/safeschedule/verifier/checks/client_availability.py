"""Check of the rule ``client_availability``: sessions lie inside the client's windows."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import within_windows
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each appointment whose client windows, request windows or dates are not kept."""
    for session in week.sessions:
        when, at = week.moment(session.start), week.at(session)
        weekday = week.dates[session.day].weekday()
        for client in session.clients:
            windows = week.clients[client].windows
            if windows and not within_windows(windows, weekday, session):
                sentence = f"{client} is not available for the session on {at}."
                yield report(setting, [client], when, at, "inside the client's windows", sentence)
        if session.request is None:
            continue
        who = (*session.clients, session.request.id)
        if session.request.windows and not within_windows(session.request.windows, weekday, session):
            sentence = f"The request {session.request.id} does not allow the time of {session.short} on {at}."
            yield report(setting, who, when, at, "inside the request's windows", sentence)
        if limit := _broken_date(week, session):
            sentence = f"The request {session.request.id} allows {session.short} {limit}, not on {at}."
            yield report(setting, who, when, week.day_name(session.day), limit, sentence)


def _broken_date(week: Week, session: Session) -> str:
    request, day = session.request, week.dates[session.day]
    if request is not None and request.earliest is not None and day < request.earliest:
        return f"from {request.earliest.isoformat()}"
    if request is not None and request.latest is not None and day > request.latest:
        return f"until {request.latest.isoformat()}"
    return ""
