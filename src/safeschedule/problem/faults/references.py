"""Codes that name nothing in the file."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import View
from safeschedule.problem.showing import did_you_mean, show

Reference = tuple[str, str | None, str]
"""A place, the code found there, and the list in which it has to be."""

_ONE = {
    "attendants": "an attendant",
    "bands": "an acuity band",
    "clients": "a client",
    "clinicians": "a clinician",
    "groups": "a group",
    "requests": "a request",
    "rooms": "a room",
    "session_types": "a session type",
    "sites": "a site",
}


def unknown_references(view: View) -> Iterator[Fault]:
    """Find codes for which there is no entry."""
    known = {name: dict.fromkeys(entry.id for entry in getattr(view.problem, name)) for name in _ONE}
    team = bool(view.problem.clinicians)  # of an empty team, only the emptiness is told
    for place, code, name in _references(view):
        if code is not None and code not in known[name] and (team or name != "clinicians"):
            expected = f"the id of {_ONE[name]}{did_you_mean(code, known[name])}"
            yield Fault("unknown_reference", place, show(code), expected)


def _references(view: View) -> Iterator[Reference]:
    yield from _of_people(view)
    yield from _of_work(view)
    yield from _of_places(view)
    yield from _of_fixed(view)


def _of_people(view: View) -> Iterator[Reference]:
    for i, person in enumerate(view.problem.clinicians):
        yield f"clinicians[{i}].supervisor", person.supervisor, "clinicians"
        yield f"clinicians[{i}].cover", person.cover, "clinicians"
        yield from _each(f"clinicians[{i}].sites", person.sites, "sites")
        for j, period in enumerate(person.working):
            yield f"clinicians[{i}].working[{j}].site", period.site, "sites"
    for i, attendant in enumerate(view.problem.attendants):
        yield from _each(f"attendants[{i}].sites", attendant.sites, "sites")
        for j, period in enumerate(attendant.working):
            yield f"attendants[{i}].working[{j}].site", period.site, "sites"
    for i, band in enumerate(view.problem.bands):
        yield f"bands[{i}].contact_type", band.contact_type, "session_types"
        yield f"bands[{i}].review_type", band.review_type, "session_types"
    for i, client in enumerate(view.problem.clients):
        yield f"clients[{i}].band", client.band, "bands"
        yield f"clients[{i}].clinician", client.clinician, "clinicians"


def _of_work(view: View) -> Iterator[Reference]:
    for i, request in enumerate(view.problem.requests):
        yield f"requests[{i}].client", request.client, "clients"
        yield f"requests[{i}].session_type", request.session_type, "session_types"
        yield f"requests[{i}].clinician", request.clinician, "clinicians"
        yield from _each(f"requests[{i}].with_clients", request.with_clients, "clients")
        yield from _each(f"requests[{i}].with_clinicians", request.with_clinicians, "clinicians")
        yield f"requests[{i}].site", request.site, "sites"
        yield f"requests[{i}].group", request.group, "groups"
    for i, group in enumerate(view.problem.groups):
        yield f"groups[{i}].session_type", group.session_type, "session_types"
        yield from _each(f"groups[{i}].members", group.members, "clients")
        yield from _each(f"groups[{i}].facilitators", group.facilitators, "clinicians")
        yield f"groups[{i}].site", group.site, "sites"


def _of_places(view: View) -> Iterator[Reference]:
    for i, room in enumerate(view.problem.rooms):
        yield f"rooms[{i}].site", room.site, "sites"
    for i, piece in enumerate(view.problem.equipment):
        yield f"equipment[{i}].site", piece.site, "sites"
    for i, way in enumerate(view.problem.travel):
        yield f"travel[{i}].origin", way.origin, "sites"
        yield f"travel[{i}].destination", way.destination, "sites"


def _of_fixed(view: View) -> Iterator[Reference]:
    problem = view.problem
    for i, meeting in enumerate(problem.meetings):
        yield from _each(f"meetings[{i}].clinicians", meeting.clinicians, "clinicians")
        yield f"meetings[{i}].room", meeting.room, "rooms"
    for i, pin in enumerate(problem.pinned_appointments):
        yield f"pinned_appointments[{i}].request", pin.request, "requests"
        yield f"pinned_appointments[{i}].clinician", pin.clinician, "clinicians"
        yield f"pinned_appointments[{i}].room", pin.room, "rooms"
        yield from _each(f"pinned_appointments[{i}].attendants", pin.attendants, "attendants")
    for i, block in enumerate(problem.pinned_blocks):
        yield from _each(f"pinned_blocks[{i}].clinicians", block.clinicians, "clinicians")
        yield f"pinned_blocks[{i}].supervisor", block.supervisor, "clinicians"
        yield f"pinned_blocks[{i}].site", block.site, "sites"
    for i, session in enumerate(problem.pinned_groups):
        yield f"pinned_groups[{i}].group", session.group, "groups"
        yield from _each(f"pinned_groups[{i}].clinicians", session.clinicians, "clinicians")
        yield from _each(f"pinned_groups[{i}].clients", session.clients, "clients")
        yield from _each(f"pinned_groups[{i}].attendants", session.attendants, "attendants")
    for i, incident in enumerate(problem.incidents):
        for field in ("clinicians", "debriefed", "followed_up"):
            yield from _each(f"incidents[{i}].{field}", getattr(incident, field), "clinicians")
    for i, task in enumerate(problem.tasks):
        yield f"tasks[{i}].client", task.client, "clients"
        yield f"tasks[{i}].clinician", task.clinician, "clinicians"
    for i, past in enumerate(problem.history.appointments):
        yield f"history.appointments[{i}].client", past.client, "clients"
        yield f"history.appointments[{i}].clinician", past.clinician, "clinicians"


def _each(place: str, codes: tuple[str, ...], name: str) -> Iterator[Reference]:
    for number, code in enumerate(codes):
        yield f"{place}[{number}]", code, name


CHECKS = (unknown_references,)
