"""What files of other programs leave unsaid: told, and never for what this package wrote."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.exchange.fhir.look import Plain
from safeschedule.exchange.fhir.reading.bookings import match_type
from safeschedule.exchange.fhir.reading.gathered import FhirGathered

_GRIDS = (15, 10, 5)


def complete(got: FhirGathered) -> None:
    """Add clients that are only referred to, session types that are only asked for, and a grid that fits."""
    _types(got)
    _clients(got)
    _sites(got)
    _grid(got)


def _types(got: FhirGathered) -> None:
    for path in ("requests", "upcoming", "groups"):
        for number, entity in enumerate(got.lists.get(path, ())):
            kind = entity.get("session_type")
            look = got.origins[f"{path}[{number}]"].look
            if not isinstance(kind, str):
                continue
            entity["session_type"] = kind = match_type(got, kind, look, "code")
            if kind not in got.codes("session_types") and got.minutes is not None:
                look.note("code", f"no HealthcareService is of it: read as a type of {got.minutes} minutes")
                got.add("session_types", {"id": kind, "minutes": got.minutes}, look)


def _clients(got: FhirGathered) -> None:
    there = got.codes("clients")
    for code, path, number in list(_mentioned(got)):
        if code not in there:
            there.add(code)
            look = got.origins[f"{path}[{number}]"].look
            look.note("", "a Patient who is not in the file is read as a client, by the id of the reference")
            got.add("clients", {"id": code}, look)


def _mentioned(got: FhirGathered) -> Iterator[tuple[str, str, int]]:
    for path in ("groups", "requests", "upcoming", "history.appointments", "appointments"):
        for number, entity in enumerate(got.lists.get(path, ())):
            named = (
                [entity["client"]]
                if "client" in entity
                else [*entity.get("members", ()), *entity.get("clients", ())]
            )
            yield from ((code, path, number) for code in named)


def _sites(got: FhirGathered) -> None:
    """Let who works in a room work at its site."""
    sites = got.codes("sites")
    rooms = {room["id"]: room.get("site") for room in got.lists.get("rooms", ())}
    for number, person in enumerate(got.lists.get("clinicians", ())):
        found = person.get("sites", [])
        if any(code in rooms and code not in sites for code in found):
            got.origins[f"clinicians[{number}]"].look.note("location", "a room is read as its site")
            own = [rooms[code] if code in rooms and code not in sites else code for code in found]
            person["sites"] = list(dict.fromkeys(code for code in own if code))


def _grid(got: FhirGathered) -> None:
    header = got.headers.setdefault("problem", {})
    times = [n for each in _timed(got) for n in _minutes(each)]
    grid = next((g for g in _GRIDS if all(n % g == 0 for n in times)), _GRIDS[0])
    if grid != _GRIDS[0]:
        got.around.told.note("grid", f"read as {grid} minutes, on which everything starts")
        header["grid"] = grid


def _timed(got: FhirGathered) -> Iterator[Plain]:
    for path in ("session_types", "meetings", "pinned_appointments"):
        yield from got.lists.get(path, ())


def _minutes(entity: Plain) -> Iterator[int]:
    if isinstance(entity.get("minutes"), int):
        yield entity["minutes"]
    if isinstance(entity.get("start"), str):
        yield int(entity["start"][-2:])
