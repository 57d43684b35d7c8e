"""What is not read although it could be, because of what it says of itself; and what is never read."""

from __future__ import annotations

from datetime import timedelta

from safeschedule.exchange.fhir.kinds import Kind, SlotKind, all_kinds
from safeschedule.exchange.fhir.look import Look, Plain
from safeschedule.exchange.fhir.moments import boundary

ALWAYS = frozenset({"id", "meta", "resourceType", "text", "language", "identifier", "extension", "contained"})
"""Elements of which nobody is told that they are not read; contained resources are found by nothing."""

READ_BESIDE = {
    "Appointment": ("status", "requestedPeriod", "slot", "minutesDuration"),
    "Group": ("active", "type", "actual"),
    "HealthcareService": ("active", "type"),
    "Location": ("status", "mode", "physicalType", "partOf"),
    "Patient": ("active", "deceasedBoolean", "deceasedDateTime"),
    "Practitioner": ("active", "communication", "qualification"),
    "PractitionerRole": ("active", "period"),
    "Schedule": ("actor", "active", "planningHorizon"),
    "ServiceRequest": ("status", "intent", "doNotPerform", "occurrenceTiming"),
    "Slot": ("status", "schedule", "start", "end"),
}
"""Elements that are read in another way than as fields of an entity."""

_INTENTS = ("proposal", "option")


def why_left_out(path: str, look: Look) -> str | None:
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


def _role(look: Look) -> str | None:
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
    natives = own.natives if isinstance(own, Kind) else ()
    return {element for native in natives for element in native.elements} | {*READ_BESIDE.get(type_, ())}
