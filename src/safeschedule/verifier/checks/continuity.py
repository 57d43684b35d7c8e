"""Check of the rule ``continuity``: a client sees the own clinician."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Request, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.stand_ins import Absent, due_for
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
    due = due_for(week, request, session.type)
    if due is None or due.id in session.clinicians:
        return
    absent = Absent(week, setting, request, due)
    if not any(absent.takes(code) for code in session.clinicians):
        found, at = wording.listing(session.clinicians), week.at(session)
        why = f", who is away; {_whose(absent)}" if absent.away else ""
        sentence = f"{request.client} has a session with {found} on {at} instead of with {due.id}{why}."
        yield report(
            setting,
            (request.client, *session.clinicians),
            week.moment(session.start),
            found,
            due.id,
            sentence,
        )


def _whose(absent: Absent) -> str:
    """Return who may have the session of somebody away."""
    if not absent.urgent:
        return "it is not urgent and waits"
    return "no cover is named" if absent.cover is None else f"the cover is {absent.cover.id}"
