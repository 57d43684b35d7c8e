"""What is allowed, and yet seldom meant."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.clock import format_clock
from safeschedule.problem.faults.view import Check, View
from safeschedule.problem.showing import show

_LISTS = ("clinicians", "clients", "session_types", "requests", "groups", "rooms", "sites", "attendants")


def alike_in_case(view: View) -> Iterator[Fault]:
    """Find codes of one list that differ in their case only."""
    for name in _LISTS:
        first: dict[str, tuple[int, str]] = {}
        for number, entry in enumerate(getattr(view.problem, name)):
            earlier = first.setdefault(entry.id.casefold(), (number, entry.id))
            if earlier[1] != entry.id:
                expected = (
                    f"a code that differs from {show(earlier[1])} ({name}[{earlier[0]}]) in more than case"
                )
                yield Fault("alike_in_case", f"{name}[{number}].id", show(entry.id), expected)


def contact_in_the_week(view: View) -> Iterator[Fault]:
    """Find last contacts on dates that are only being planned: they make a client seem not due."""
    for i, client in enumerate(view.problem.clients):
        if client.last_contact is not None and view.day(client.last_contact) > 0:
            expected = f"a date that is past; the week that is planned begins on {view.problem.week_start}"
            yield Fault(
                "contact_in_the_week", f"clients[{i}].last_contact", str(client.last_contact), expected
            )


def retired_parameters(view: View) -> Iterator[Fault]:
    """Find parameters that a rule had in an earlier version: they have no effect."""
    known = view.problem.rulebook.known()
    for name, own in view.problem.rulebook.rules.items():
        for parameter, now in known[name].retired if name in known else ():
            if parameter in own.parameters:
                place = f"rulebook.rules.{name}.parameters.{parameter}"
                yield Fault("retired_parameter", place, show(own.parameters[parameter]), now)


def site_without_rooms(view: View) -> Iterator[Fault]:
    """Find sites where somebody works and that have no room, although others have: mostly homes."""
    furnished = {room.site for room in view.problem.rooms}
    for i, site in enumerate(view.problem.sites):
        periods = [p for c in view.problem.clinicians for p in c.working if p.site == site.id]
        seen = not site.telehealth_only and any(not period.telehealth_only for period in periods)
        if seen and furnished - {None} and site.id not in furnished:
            expected = (
                "a room where clients are seen in person; of a home, or the like, say telehealth_only: "
                "without it sessions that need no room are held there in person"
            )
            yield Fault("site_without_rooms", f"sites[{i}]", "no room", expected, f"site {site.id}")


def standing_outside_windows(view: View) -> Iterator[Fault]:
    """Find usual times at which the client cannot come: nobody could keep them."""
    clients = {client.id: client for client in view.problem.clients}
    types = {kind.id: kind for kind in view.problem.session_types}
    for i, request in enumerate(view.problem.requests):
        client, kind, slot = clients.get(request.client), types.get(request.session_type), request.standing
        if client is None or kind is None or slot is None or request.group is not None:
            continue
        for whose, windows in (("client", client.windows), ("request", request.windows)):
            days = [w for w in windows if w.day == slot.day and w.start <= slot.start]
            if windows and not any(slot.start + kind.minutes <= w.end for w in days):
                shown = f"{slot.day} {format_clock(slot.start)}"
                expected = (
                    f"a usual time inside the windows of the {whose}, {kind.minutes} minutes before their end"
                )
                yield Fault("standing_outside_windows", f"requests[{i}].standing", shown, expected)
                break


def supervisor_absent(view: View) -> Iterator[Fault]:
    """Find named supervisors who are away for all of the week: who is theirs has nobody to ask."""
    for i, person in enumerate(view.problem.clinicians):
        named = view.clinicians.get(person.supervisor or "")
        if named is not None and named.id != person.id and view.free_minutes(named.id) == 0:
            expected = "a supervisor with working time free of leave: name who stands in for this week"
            yield Fault("supervisor_absent", f"clinicians[{i}].supervisor", show(named.id), expected)


CHECKS: tuple[Check, ...] = (
    alike_in_case,
    contact_in_the_week,
    retired_parameters,
    site_without_rooms,
    standing_outside_windows,
    supervisor_absent,
)
