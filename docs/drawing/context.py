"""What a week's drawing shows beside its activities: what is given, and decides whether a rule is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from safeschedule.problem import Problem
from safeschedule.problem.clock import Window
from safeschedule.schedule import Schedule


@dataclass(frozen=True)
class Flag:
    """A moment of a clinician's date: an ``incident``, a ``pin`` or a ``standing`` time."""

    clinician: str
    day: date
    kind: str
    minute: int


@dataclass(frozen=True)
class Strip:
    """A span of a clinician's date: when somebody is ``available``, or what they have ``preferred``."""

    clinician: str
    day: date
    kind: str
    who: str
    start: int
    end: int


def flags(problem: Problem, schedule: Schedule) -> list[Flag]:
    """Return the moments that matter: incidents, pins, and standing times of requests that are served."""
    found = [
        _flag(clinician, "incident", entry.happened)
        for entry in problem.incidents
        for clinician in entry.clinicians
    ]
    found += [_flag(pin.clinician, "pin", pin.start) for pin in problem.pinned_appointments]
    found += [_flag(c, "pin", pin.start) for pin in problem.pinned_blocks for c in pin.clinicians]
    standing = {request.id: request.standing for request in problem.requests}
    for session in schedule.appointments:
        slot = standing.get(session.request or "")
        if slot is not None and slot.day.number == session.start.weekday():
            found += [Flag(c, session.start.date(), "standing", slot.start) for c in session.clinicians]
    return list(dict.fromkeys(found))


def _flag(clinician: str, kind: str, moment: datetime) -> Flag:
    return Flag(clinician, moment.date(), kind, moment.hour * 60 + moment.minute)


def strips(problem: Problem, schedule: Schedule) -> list[Strip]:
    """Return the windows of everyone with a session, on the date of the session."""
    clients = problem.by_code.clients
    clinicians = problem.by_code.clinicians
    requests = problem.by_code.requests
    found: list[Strip] = []
    for session in schedule.appointments:
        day, request = session.start.date(), requests.get(session.request or "")
        for code in session.clinicians:
            for client in (clients[c] for c in session.clients if c in clients):
                found += _windows(code, day, "available", client.id, client.windows)
                found += _windows(code, day, "preferred", client.id, client.preferred)
            if request is not None:
                found += _windows(code, day, "available", request.client, request.windows)
            if code in clinicians:
                found += _windows(code, day, "preferred", code, clinicians[code].preferred)
    return list(dict.fromkeys(found))


def _windows(clinician: str, day: date, kind: str, who: str, windows: Iterable[Window]) -> Iterable[Strip]:
    for window in windows:
        if window.day.number == day.weekday():
            yield Strip(clinician, day, kind, who, window.start, window.end)
