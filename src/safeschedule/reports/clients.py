"""Each client's week as one line: what is booked, with whom, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.problem import Mode, Problem
from safeschedule.reports.words import clock, short_date, spaced
from safeschedule.schedule import Appointment, Schedule


@dataclass(frozen=True)
class ClientLine:
    """One client with sessions in the week, or with some left out.

    Parameters
    ----------
    client, band, own
        Code, acuity band and own clinician.
    sessions
        Each session in words, by time.
    changed
        Whether somebody else than the own clinician sees the client alone.
    left_out
        Sessions left out.
    """

    client: str
    band: str
    own: str
    sessions: tuple[str, ...]
    changed: bool
    left_out: int


def client_lines(problem: Problem, schedule: Schedule) -> tuple[ClientLine, ...]:
    """Return the lines of all clients who have something this week, in the order of the problem."""
    of = {request.id: request.client for request in problem.requests}
    booked: dict[str, list[Appointment]] = {}
    for session in schedule.appointments:
        for client in session.clients:
            booked.setdefault(client, []).append(session)
    out: dict[str, int] = {}
    for entry in schedule.left_out:
        client = of.get(entry.request, "")
        out[client] = out.get(client, 0) + entry.sessions
    found = []
    for person in problem.clients:
        sessions = sorted(booked.get(person.id, ()), key=lambda session: session.start)
        if not sessions and person.id not in out:
            continue
        alone = [s for s in sessions if s.group is None]
        found.append(
            ClientLine(
                client=person.id,
                band=spaced(person.band),
                own=person.clinician or "",
                sessions=tuple(map(_words, sessions)),
                changed=person.clinician is not None
                and any(person.clinician not in s.clinicians for s in alone),
                left_out=out.get(person.id, 0),
            )
        )
    return tuple(found)


def _words(session: Appointment) -> str:
    when = f"{short_date(session.start.date())} {clock(session.start)}"
    place = "telehealth" if session.mode is Mode.TELEHEALTH else session.room or session.site
    what = f"{session.group}, {session.session_type}" if session.group else session.session_type
    people = ", ".join((*session.clinicians, *session.attendants))
    return f"{when} {what} with {people}" + (f", {place}" if place else "")
