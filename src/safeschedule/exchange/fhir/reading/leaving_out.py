"""What is not read although it could be, because of what it says of itself; and what is never read."""

from __future__ import annotations

from datetime import timedelta

from safeschedule.exchange.fhir.kinds import ResourceKind, SlotKind, all_kinds
from safeschedule.exchange.fhir.look import Plain, ResourceReader
from safeschedule.exchange.fhir.moments import boundary

ALWAYS = frozenset({"id", "meta", "resourceType", "text", "language", "identifier", "extension", "contained"})
"""Elements of which nobody is told that they are not read; contained resources are found by nothing."""

READ_BESIDE: dict[str, dict[str, str]] = {
    "Appointment": {
        "status": "booked, arrived, checked-in and fulfilled stand; cancelled, noshow and entered-in-error "
        "are left out",
        "slot": "no: Slots are held against appointments by their times",
        "requestedPeriod": "without a start: earliest and latest of a request",
    },
    "Group": {
        "active": "false: left out",
        "type": "other than person: left out",
        "actual": "false: left out",
    },
    "HealthcareService": {
        "active": "false: left out",
        "type": "what requests and appointments call it",
    },
    "Location": {
        "status": "other than active: left out",
        "mode": "kind: left out",
        "physicalType": "room or bed: a room; site, building, wing, ward, level, house or area: a site; "
        "without: by partOf",
        "partOf": "without physicalType: a room of this site",
    },
    "Patient": {
        "active": "false: left out",
        "deceasedBoolean": "true: left out",
        "deceasedDateTime": "left out",
    },
    "Practitioner": {
        "active": "false: left out",
        "communication": "skills",
        "qualification": "skills, by their codes",
    },
    "PractitionerRole": {
        "active": "false: left out",
        "period": "not of the week: left out",
    },
    "Schedule": {
        "active": "false: left out",
        "actor": "whose its Slots are",
        "planningHorizon": "no: the week is asked for",
    },
    "ServiceRequest": {
        "status": "other than active: left out",
        "intent": "proposal and option are left out",
        "doNotPerform": "true: left out",
        "occurrenceTiming": "days as windows, bounds as earliest and latest, a frequency of whole weeks as "
        "count and every",
    },
    "Slot": {
        "status": "busy-unavailable: leave; other than free, without an Appointment: a meeting; "
        "of who has no availableTime: working hours",
        "schedule": "whose it is",
        "start": "local time",
        "end": "local time",
    },
}
"""Elements that are read in another way than as fields of an entity, and how."""

_INTENTS = ("proposal", "option")


def why_left_out(path: str, look: ResourceReader) -> str | None:
    """Return why a resource is left out; ``None``: it is not."""
    data, type_ = look.data, look.data["resourceType"]
    if data.get("active") is False:
        return "what is not active is left out"
    if type_ == "Patient" and (data.get("deceasedBoolean") is True or "deceasedDateTime" in data):
        return "who has died is left out"
    if type_ == "Location" and (data.get("status", "active") != "active" or data.get("mode") == "kind"):
        return "only places that are active, and that are single places, are read"
    if type_ == "ServiceRequest":
        return _request(data)
    if type_ == "PractitionerRole":
        return _role(look)
    if type_ == "Group" and (data.get("type") != "person" or data.get("actual") is False):
        return "only groups of actual persons are read"
    if path == "groups" and not data.get("code") and not data.get("extension"):
        return "without a code, which says what its sessions are, it is left out"
    return None


def _request(data: Plain) -> str | None:
    if data.get("doNotPerform") is True:
        return "what is not to be done is left out"
    if data.get("status") != "active":
        return f"of the status {data.get('status')} it is left out"
    return f"a {data['intent']} is left out" if data.get("intent") in _INTENTS else None


def _role(look: ResourceReader) -> str | None:
    period = look.data.get("period") or {}
    first, last = look.around.week_start, look.around.week_start + timedelta(days=7)
    ends = {name: boundary(str(text), look.around.zone, end=name == "end") for name, text in period.items()}
    begin, stop = ends.get("start"), ends.get("end")
    if (begin and begin >= f"{last}") or (stop and stop <= f"{first}T00:00"):
        return "a role whose period is not of this week is left out"
    return None


def unread(path: str, data: Plain) -> set[str]:
    """Return the elements of a resource of which nothing is read."""
    return (
        {name for name in data if not name.startswith("_")}
        - ALWAYS
        - read_elements(path, data["resourceType"])
    )


def read_elements(path: str, type_: str) -> set[str]:
    """Return the elements of a type of resource that are read."""
    kind = all_kinds().get("appointments" if path == "booked" else path)
    own = kind.one if isinstance(kind, SlotKind) else kind
    natives = own.natives if isinstance(own, ResourceKind) else ()
    return {element for native in natives for element in native.elements} | {*READ_BESIDE.get(type_, ())}
