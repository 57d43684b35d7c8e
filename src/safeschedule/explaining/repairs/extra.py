"""Capacity that a service does not have, added to a problem on trial."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from safeschedule.explaining.clashes.condition import Core
from safeschedule.explaining.repairs.levers import Capacity, capacities
from safeschedule.problem import Clinician, PinnedAppointment, Problem, Room, WorkingPeriod

EXTRA = "extra"
"""Code of whoever or whatever is added; a number follows where it is taken."""


def free_code(problem: Problem) -> str:
    """Return a code that nobody and nothing has."""
    taken = {person.id for person in problem.clinicians} | {room.id for room in problem.rooms}
    taken |= {client.id for client in problem.clients} | {site.id for site in problem.sites}
    return next(c for c in (EXTRA, *(f"{EXTRA}-{n}" for n in range(2, 10_000))) if c not in taken)


def added(problem: Problem, capacity: Capacity, cores: Sequence[Core]) -> tuple[Problem, str]:
    """Return the problem with the capacity, open at all the team's times, and the code it has.

    It is made for those of the cores that it may mend.
    """
    code = free_code(problem)
    make = {"room": _room, "supervisor": _supervisor, "clinician": _clinician}[capacity.form]
    return make(problem, members(capacity, cores), code), code


def members(capacity: Capacity, cores: Sequence[Core]) -> Core:
    """Return the members of all cores that a capacity may mend, each once."""
    concerned = (core for core in cores if capacity in set(capacities(core)))
    return tuple(dict.fromkeys(condition for core in concerned for condition in core))


def pins_of(problem: Problem, core: Core) -> Iterator[tuple[int, PinnedAppointment]]:
    """Yield the pinned appointments of a core, with their places in the problem."""
    for condition in core:
        if condition.kind == "pin" and condition.key[0] == "pinned_appointments":
            number = int(condition.key[1])
            yield number, problem.pinned_appointments[number]


def _room(problem: Problem, core: Core, code: str) -> Problem:
    _, pin = next(pins_of(problem, core))
    request = problem.by_code.requests[pin.request]
    kind = problem.by_code.session_types[request.session_type]
    person = problem.by_code.clinicians[pin.clinician]
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


def team_hours(problem: Problem) -> tuple[WorkingPeriod, ...]:
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
    extra = Clinician(id=code, role=lead.role, working=team_hours(problem), is_supervisor=True)
    supervised = {str(c.key[1]) for c in core if c.kind == "rule" and c.key[0] == "supervision"}
    people = tuple(
        c.model_copy(update={"supervisor": code}) if c.id in supervised else c for c in problem.clinicians
    )
    return _joined(problem.model_copy(update={"clinicians": people}), extra)


def _clinician(problem: Problem, core: Core, code: str) -> Problem:
    """Return the problem in which somebody who has the skills takes what is pinned."""
    requests = dict(problem.by_code.requests)
    kinds = problem.by_code.session_types
    pins, skills, role = list(problem.pinned_appointments), list[str](), "clinician"
    for number, pin in pins_of(problem, core):
        request = requests[pin.request]
        skills += [*request.skills, *kinds[request.session_type].skills]
        role = problem.by_code.clinicians[pin.clinician].role
        pins[number] = pin.model_copy(update={"clinician": code})
        if request.clinician is not None:
            requests[request.id] = request.model_copy(update={"clinician": code})
    extra = Clinician(id=code, role=role, working=team_hours(problem), skills=tuple(dict.fromkeys(skills)))
    return _joined(problem, extra, pinned_appointments=tuple(pins), requests=tuple(requests.values()))
