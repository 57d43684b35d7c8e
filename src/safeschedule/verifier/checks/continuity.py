"""Check of the rule ``continuity``: a client sees the own clinician."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Request, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session with another clinician, and each request with several of them."""
    for request in week.requests.values():
        if request.group is not None:
            continue
        sessions = [session for session in week.served(request.id) if session.clinicians]
        for session in sessions:
            yield from _other(week, setting, request, session)
        # Two who facilitate together are one team, not two clinicians.
        teams = sorted({session.clinicians for session in sessions})
        if len(teams) > 1:
            names = wording.listing([" with ".join(team) for team in teams])
            sentence = (
                f"The sessions of {request.client} (request {request.id}) are with {names}, "
                "not with one clinician."
            )
            who, found = (request.client, request.id), wording.count(len(teams), "clinician")
            yield report(setting, who, None, found, "1 clinician", sentence, len(teams) - 1)


def _other(week: Week, setting: Setting, request: Request, session: Session) -> Iterator[Finding]:
    due = request.clinician or _own(week, request, session)
    if due is not None and due not in session.clinicians:
        found = wording.listing(session.clinicians)
        sentence = f"{request.client} has a session with {found} on {week.at(session)} instead of with {due}."
        yield report(
            setting, (request.client, *session.clinicians), week.moment(session.start), found, due, sentence
        )


def _own(week: Week, request: Request, session: Session) -> str | None:
    client = week.clients.get(request.client)
    own = None if client is None or client.clinician is None else week.clinicians.get(client.clinician)
    if own is None or session.type is None:
        return None
    return own.id if {*request.skills, *session.type.skills} <= set(own.skills) else None
