"""Capacity that a service does not have, added to a problem on trial."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeschedule.explaining.clashes.cores import Core
from safeschedule.explaining.repairs.levers import Capacity
from safeschedule.problem import Clinician, PinnedAppointment, Problem, Room, WorkingPeriod

EXTRA = "extra"
"""Code of whoever or whatever is added; a number follows where it is taken."""


def free_code(problem: Problem) -> str:
    """Return a code that nobody and nothing has."""
    taken = {person.id for person in problem.clinicians} | {room.id for room in problem.rooms}
    taken |= {client.id for client in problem.clients} | {site.id for site in problem.sites}
    return next(c for c in (EXTRA, *(f"{EXTRA}-{n}" for n in range(2, 10_000))) if c not in taken)


def added(problem: Problem, capacity: Capacity) -> tuple[Problem, str]:
    """Return the problem with the capacity, open at all the team's times, and the code it has."""
    code = free_code(problem)
    make = {"room": _room, "supervisor": _supervisor, "clinician": _clinician}[capacity.form]
    return make(problem, capacity.core, code), code


def pins_of(problem: Problem, core: Core) -> Iterator[tuple[int, PinnedAppointment]]:
    """Yield the pinned appointments of a core, with their places in the problem."""
    for condition in core:
        if condition.kind == "pin" and condition.key[0] == "pinned_appointments":
            number = int(condition.key[1])
            yield number, problem.pinned_appointments[number]


def _room(problem: Problem, core: Core, code: str) -> Problem:
    _, pin = next(pins_of(problem, core))
    request = next(r for r in problem.requests if r.id == pin.request)
    kind = next(t for t in problem.session_types if t.id == request.session_type)
    person = next(c for c in problem.clinicians if c.id == pin.clinician)
    minute = pin.start.hour * 60 + pin.start.minute
    there = (
        p.site
        for p in person.working
        if p.day.number == pin.start.weekday() and p.start <= minute and minute < p.end
    )
    site = request.site or next(there, None) or next(iter(person.sites), None)
    seats = kind.largest + kind.facilitators
    room = Room(id=code, kind=kind.room_kind or "consulting", site=site, seats=seats)
    return problem.model_copy(update={"rooms": (*problem.rooms, room)})


def _open(problem: Problem) -> tuple[WorkingPeriod, ...]:
    """Return the team's times: on each date from the earliest start to the latest end."""
    periods = [period for person in problem.clinicians for period in person.working]
    days = sorted({p.day for p in periods}, key=lambda day: day.number)
    return tuple(
        WorkingPeriod(
            day=day,
            start=min(p.start for p in periods if p.day is day),
            end=max(p.end for p in periods if p.day is day),
        )
        for day in days
    )


def _joined(problem: Problem, person: Clinician, **update: Any) -> Problem:
    return problem.model_copy(update={"clinicians": (*problem.clinicians, person), **update})


def _supervisor(problem: Problem, core: Core, code: str) -> Problem:
    lead = next((c for c in problem.clinicians if c.is_supervisor), problem.clinicians[0])
    extra = Clinician(id=code, role=lead.role, working=_open(problem), is_supervisor=True)
    supervised = {str(c.key[1]) for c in core if c.kind == "rule" and c.key[0] == "supervision"}
    people = tuple(
        c.model_copy(update={"supervisor": code}) if c.id in supervised else c for c in problem.clinicians
    )
    return _joined(problem.model_copy(update={"clinicians": people}), extra)


def _clinician(problem: Problem, core: Core, code: str) -> Problem:
    number, pin = next(pins_of(problem, core))
    request = next(r for r in problem.requests if r.id == pin.request)
    kind = next(t for t in problem.session_types if t.id == request.session_type)
    own = next(c for c in problem.clinicians if c.id == pin.clinician)
    skills = tuple(dict.fromkeys((*request.skills, *kind.skills)))
    extra = Clinician(id=code, role=own.role, working=_open(problem), skills=skills)
    pins = list(problem.pinned_appointments)
    pins[number] = pin.model_copy(update={"clinician": code})
    update: dict[str, Any] = {"pinned_appointments": tuple(pins)}
    if request.clinician is not None:
        asked = request.model_copy(update={"clinician": code})
        update["requests"] = tuple(asked if r is request else r for r in problem.requests)
    return _joined(problem, extra, **update)
