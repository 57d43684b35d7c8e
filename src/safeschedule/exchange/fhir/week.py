"""A schedule as a FHIR Bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from typing import Any

from safeschedule.arguments import Arguments
from safeschedule.exchange.fhir.bundles import bundle
from safeschedule.exchange.fhir.free import Free, free_resources
from safeschedule.exchange.fhir.kinds.booked import LEFT_OUT, SESSIONS
from safeschedule.exchange.fhir.kinds.native import concept, to
from safeschedule.exchange.fhir.kinds.protected import BLOCKS
from safeschedule.exchange.fhir.look import FhirContext, Plain
from safeschedule.exchange.fhir.terms import is_code, resource_id, tag
from safeschedule.exchange.fhir.writing import around_of, calendar, header
from safeschedule.problem import Problem
from safeschedule.schedule import Appointment, Schedule
from safeschedule.schedule.identity import identified, people

SCHEDULE = "schedule"
"""The tag of the resource that has what belongs to no other."""

DERIVED = ("busy", "answer", "called_off", "free", "calendar")
"""The tags of resources that say again what others say: they are not read."""

_ELSEWHERE = {"appointments", "blocks", "left_out"}


def fhir_schedule(problem: Problem, schedule: Schedule, free: Sequence[Free] = ()) -> dict[str, Any]:
    """Return a schedule as a FHIR R4 Bundle, from which `read_fhir_schedule` makes an equal one.

    It has a Schedule for each clinician; an Appointment with its Slots and the answers of its clinicians for
    each session; a Slot that is busy-unavailable for each person of each protected block; an Appointment of
    the status waitlist for each request left out. A session that is pinned in the problem is booked, and its
    Slot is busy; any other is pending, and its Slot busy-tentative.

    Parameters
    ----------
    problem
        The week that was planned.
    schedule
        What came of it.
    free
        What may be booked beside, as `safeschedule.free_slots` finds it for a type of session: a Slot that is
        free for each.

    Returns
    -------
    dict
        The Bundle as plain data, fit for JSON. Patients and Practitioners are named by reference only.

    Raises
    ------
    ArgumentError
        Problem and schedule do not belong together.
    InputError
        fhir.resources is not installed.

    Examples
    --------
    >>> from safeschedule import fhir_schedule
    >>> made = fhir_schedule(problem, schedule)
    >>> {entry["resource"]["resourceType"] for entry in made["entry"]} >= {"Schedule", "Slot"}
    True
    """
    looked = Arguments("fhir_schedule").week(problem, schedule)
    looked.sequence("free", free, Free, "what free_slots finds").done()
    return bundle(chain(_resources(problem, schedule), free_resources(free, around_of(problem))))


def fhir_slots(problem: Problem, free: Sequence[Free]) -> dict[str, Any]:
    """Return what may be booked as a FHIR R4 Bundle: free Slots, and the Schedules that they belong to.

    Parameters
    ----------
    problem
        The week.
    free
        What may be booked, as `safeschedule.free_slots` finds it for a type of session.

    Returns
    -------
    dict
        The Bundle as plain data, fit for JSON. Practitioners are named by reference only, and nobody's
        appointments are in it.

    Raises
    ------
    ArgumentError
        These are no problem and nothing that may be booked.
    InputError
        fhir.resources is not installed.

    Examples
    --------
    >>> from safeschedule import fhir_slots, free_slots
    >>> found = free_slots(problem, schedule, problem.session_types[0].id)
    >>> made = fhir_slots(problem, [found])
    >>> {entry["resource"].get("status") for entry in made.get("entry", ())} <= {"free", None}
    True
    """
    looked = Arguments("fhir_slots").problem(problem)
    looked.sequence("free", free, Free, "what free_slots finds").done()
    people_asked = {code for found in free for each in found.slots for code in each.appointment.clinicians}
    calendars = (calendar(code, _horizon(problem)) for code in sorted(people_asked))
    return bundle(chain(calendars, free_resources(free, around_of(problem))))


def _horizon(problem: Problem) -> Plain:
    days = (problem.week_start, problem.week_start + timedelta(days=6))
    return dict(zip(("start", "end"), map(str, days), strict=True))


def _resources(problem: Problem, schedule: Schedule) -> Iterator[Plain]:
    around = around_of(problem)
    plain = schedule.model_dump(mode="json", exclude_defaults=True)
    named = identified(schedule)
    yield header(
        SCHEDULE, "Schedule", {"time_zone": "UTC", **{k: v for k, v in plain.items() if k not in _ELSEWHERE}}
    )
    horizon = _horizon(problem)
    everybody = [*problem.by_code.clinicians, *problem.by_code.attendants]
    busy = {code for item in schedule.appointments for code in people(item)}
    busy |= {code for block in schedule.blocks for code in people(block)}
    strangers = sorted(busy - {*everybody})
    yield from (calendar(code, horizon) for code in (*everybody, *strangers))
    firm = set(_pinned(problem))
    sessions = zip(plain.get("appointments", ()), named.appointments, strict=True)
    for entity, item in sessions:
        yield from _session(entity, item, around, booked=_place(item) in firm)
    for entity, block in zip(plain.get("blocks", ()), named.blocks, strict=True):
        yield from BLOCKS.write(entity, str(block.id), around)
    for number, entity in enumerate(plain.get("left_out", ())):
        yield from _waiting(entity, str(number), around, problem)
    yield from _called_off(schedule, around)


def _pinned(problem: Problem) -> Iterator[tuple[Any, ...]]:
    for pin in problem.pinned_appointments:
        yield "request", pin.request, pin.start
    for group in problem.pinned_groups:
        yield "group", group.group, group.start


def _place(item: Appointment) -> tuple[Any, ...]:
    return ("request", item.request, item.start) if item.group is None else ("group", item.group, item.start)


def _session(entity: Plain, item: Appointment, around: FhirContext, *, booked: bool) -> Iterator[Plain]:
    """Yield an appointment, the Slots that it takes, and what its clinicians have answered."""
    (made,) = SESSIONS.write(entity, str(item.id), around)
    status = "busy" if booked else "busy-tentative"
    taken = [_slot(made, person, number, status) for number, person in enumerate(people(item))]
    made["slot"] = [{"reference": f"Slot/{slot['id']}"} for slot in taken]
    if booked:
        made["status"] = "booked"
        made["participant"] = [{**each, "status": "accepted"} for each in made["participant"]]
    yield from taken
    yield made
    answer = "accepted" if booked else "tentative"
    yield from _answers(made, (to("Practitioner", code) for code in item.clinicians), answer)


def _slot(made: Plain, person: str, number: int, status: str) -> Plain:
    return {
        "resourceType": "Slot",
        "id": resource_id(f"{made['id']}-{number}", "busy-"),
        "meta": tag("busy"),
        "schedule": to("Schedule", person),
        "status": status,
        "start": made["start"],
        "end": made["end"],
    }


def _answers(made: Plain, actors: Iterable[Plain], answer: str, comment: str = "") -> Iterator[Plain]:
    for number, actor in enumerate(actors):
        yield {
            "resourceType": "AppointmentResponse",
            "id": resource_id(f"{made['id']}-{number}", "answer-"),
            "meta": tag("answer"),
            "appointment": {"reference": f"Appointment/{made['id']}"},
            **({"start": made["start"], "end": made["end"]} if "start" in made else {}),
            "actor": actor,
            "participantStatus": answer,
            **({"comment": comment} if comment.strip() else {}),
        }


def _waiting(entity: Plain, name: str, around: FhirContext, problem: Problem) -> Iterator[Plain]:
    """Yield a request that is left out, and the answer why."""
    (made,) = LEFT_OUT.write(entity, name, around)
    request = problem.by_code.requests.get(entity["request"])
    if request is not None:
        if is_code(request.session_type):
            made["serviceType"] = [concept("session_type", request.session_type)]
    else:
        made["participant"] = [{"type": [{"text": "client"}], "status": "needs-action"}]
    yield made
    if request is not None:
        service = [to("HealthcareService", request.session_type)]
        yield from _answers(made, service, "declined", entity.get("reason", ""))


def _called_off(schedule: Schedule, around: FhirContext) -> Iterator[Plain]:
    """Yield what was called off: cancelled appointments, and blocks that no longer are."""
    for number, entry in enumerate(schedule.called_off):
        item = entry.appointment or entry.block
        if isinstance(item, Appointment):
            kind, status = SESSIONS, "cancelled"
            (made,) = kind.write(item.model_dump(mode="json", exclude_defaults=True), str(item.id), around)
            # One that somebody else has still stands beside; ids are of this list.
            yield {
                **made,
                "id": resource_id(str(number), "off-"),
                "meta": tag("called_off"),
                "status": status,
            }
