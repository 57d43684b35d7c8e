"""Slots of other programs: when somebody works, and when somebody is busy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from safeschedule.exchange.fhir.look import Plain, ResourceReader
from safeschedule.exchange.fhir.moments import later, minutes_between
from safeschedule.exchange.fhir.reading.gathered import FhirGathered
from safeschedule.problem.clock import Weekday

UNAVAILABLE, FREE = "busy-unavailable", "free"


def take(got: FhirGathered, looks: Iterable[ResourceReader]) -> None:
    """Add what slots say: of who has no working hours these, of the others when they are busy."""
    of_people: dict[str, list[tuple[ResourceReader, Plain]]] = {}
    for look in looks:
        if look.data.get("status") == "entered-in-error":
            look.note("", "of the status entered-in-error it is left out")
            continue
        slot = _times(look)
        known = look.known(look.data.get("schedule"), "schedule", "Schedule")
        if slot is None or known is None:
            continue
        if not _in_week(got, slot):
            look.note("start", "what is not of the week is left out")
            continue
        if known.path == "clinicians":
            of_people.setdefault(known.code, []).append((look, slot))
        elif known.path == "rooms" and look.data.get("status") != FREE:
            _room(got, known.code, slot)
        else:
            look.note("", "of a Schedule that is of no Practitioner and no room it is not read")
    for code, slots in of_people.items():
        _person(got, code, slots)


def _times(look: ResourceReader) -> Plain | None:
    start, end = look.moment("start"), look.moment("end")
    if start is None or end is None:
        return None
    if end <= start:
        look.fault("end_not_after_start", "end", look.data["end"], "a time after the start")
        return None
    return {"start": start, "end": end}


def _in_week(got: FhirGathered, slot: Plain) -> bool:
    first = got.around.week_start
    start, end = str(slot["start"]), str(slot["end"])
    return f"{first}T00:00" <= start and end <= f"{first + timedelta(days=7)}T00:00"


def _room(got: FhirGathered, code: str, slot: Plain) -> None:
    for room in got.lists.get("rooms", ()):
        if room["id"] == code:
            room.setdefault("unavailable", []).append(slot)


def _person(got: FhirGathered, code: str, slots: list[tuple[ResourceReader, Plain]]) -> None:
    look = slots[0][0]
    person = got.people.get(code)
    if person is None:
        person = got.people[code] = {"id": code, "working": []}
        got.add("clinicians", person, look)
    if not person.get("working"):
        look.note("", "without availableTime, working hours are read from Slots")
        person["working"] = _hours(slot for own, slot in slots if own.data.get("status") != UNAVAILABLE)
    for own, slot in slots:
        status = own.data.get("status")
        if status == UNAVAILABLE:
            own.note("status", "read as leave")
            person.setdefault("leave", []).append(slot)
        elif status != FREE and not _is_booked(got, code, slot):
            own.note("status", "without an Appointment, read as a meeting")
            _meeting(got, own, code, slot)


def _hours(slots: Iterable[Plain]) -> list[Plain]:
    """Return working periods: slots that touch each other together, parted at midnight."""
    spans: list[list[str]] = []
    for slot in sorted(slots, key=lambda each: each["start"]):
        if spans and slot["start"] <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], slot["end"])
        else:
            spans.append([slot["start"], slot["end"]])
    found = []
    for start, end in spans:
        while start < end:
            midnight = f"{date.fromisoformat(start[:10]) + timedelta(days=1)}T00:00"
            stop = min(end, midnight)
            day = Weekday.of(date.fromisoformat(start[:10])).value
            found.append({"day": day, "start": start[11:], "end": "24:00" if stop == midnight else stop[11:]})
            start = stop
    return found


def _is_booked(got: FhirGathered, code: str, slot: Plain) -> bool:
    """Return whether an appointment, a meeting or a pinned session lies over a slot."""
    for path in ("appointments", "meetings"):
        for each in got.lists.get(path, ()):
            if code in each.get("clinicians", ()) and "minutes" in each:
                end = later(each["start"], each["minutes"])
                if each["start"] < slot["end"] and slot["start"] < end:
                    return True
    return False


def _meeting(got: FhirGathered, look: ResourceReader, code: str, slot: Plain) -> None:
    meeting = {"id": f"slot {look.data.get('id') or look.place}"[:80], "start": slot["start"]}
    minutes = minutes_between(slot["start"], slot["end"])
    got.add("meetings", {**meeting, "minutes": minutes, "clinicians": [code]}, look)
