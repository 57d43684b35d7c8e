"""Which code each resource has, and to which list it belongs."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.exchange.fhir.codes import Codes, Known
from safeschedule.exchange.fhir.kinds import all_kinds
from safeschedule.exchange.fhir.look import Plain
from safeschedule.exchange.fhir.reading.opening import Resource
from safeschedule.exchange.fhir.terms import PHYSICAL_TYPE, own_code, tagged
from safeschedule.exchange.fhir.told import FhirNotes
from safeschedule.exchange.fhir.week import DERIVED

SLOTS, BOOKED, PERSON, CALENDAR, HEADER, AGAIN = "slots", "booked", "person", "calendar", "header", "again"
"""What resources are that are not entries of a list by themselves; ``again``: they say what others say."""

_BY_TYPE = {
    "Appointment": BOOKED,
    "Group": "groups",
    "HealthcareService": "session_types",
    "Patient": "clients",
    "Practitioner": PERSON,
    "PractitionerRole": "clinicians",
    "Schedule": CALENDAR,
    "ServiceRequest": "requests",
    "Slot": SLOTS,
}
_ROOMS = ("ro", "bd")
_SITES = ("si", "bu", "wi", "wa", "lvl", "ho", "area")


def list_of(data: Plain) -> str:
    """Return the list of a resource, or what else it is; nothing for what is not read."""
    type_, own = str(data["resourceType"]), tagged(data)
    if type_ == "Practitioner":
        return PERSON
    if type_ == "Basic":
        return HEADER if own in ("problem", "schedule") else ""
    if type_ == "Schedule":
        return CALENDAR
    if own in DERIVED:
        return AGAIN
    kind = all_kinds().get(own)
    if kind is not None and type_ == kind.resource:
        return own
    if type_ == "Location":
        return _place_kind(data)
    return _BY_TYPE.get(type_, "")


def _place_kind(data: Plain) -> str:
    codings = data.get("physicalType", {}).get("coding", ())
    codes = [each.get("code") for each in codings if each.get("system", PHYSICAL_TYPE) == PHYSICAL_TYPE]
    if any(code in _ROOMS for code in codes):
        return "rooms"
    if any(code in _SITES for code in codes):
        return "sites"
    return "" if codes else ("rooms" if "partOf" in data else "sites")


def code_of(resource: Resource) -> str:
    """Return the code of a resource: the one that this package gave it, or its id."""
    own = own_code(resource.data)
    if own is not None:
        return own
    found = resource.data.get("id")
    if isinstance(found, str):
        return found
    return resource.url.replace(":", "/").rpartition("/")[2]


def index(resources: Sequence[Resource], codes: Codes, told: FhirNotes) -> None:
    """Add the codes of resources to those that are known; two resources of one name are a fault."""
    seen: set[str] = set()
    for resource in resources:
        name = resource.url or f"{resource.type}/{resource.data.get('id')}"
        if name in seen:
            told.fault("duplicate_id", f"{resource.place}.id", resource.data.get("id"), "each resource once")
        seen.add(name)
        if resource.type not in ("PractitionerRole", "Schedule"):
            _add(codes, resource, Known(resource.type, code_of(resource), _path(resource)))
    # A role leads to its person, and a calendar to whose it is.
    for type_ in ("PractitionerRole", "Schedule"):
        for resource in resources:
            if resource.type == type_:
                whose = _whose(resource, codes)
                _add(codes, resource, Known(type_, *(whose or (code_of(resource), ""))))


def _path(resource: Resource) -> str:
    if resource.type == "Practitioner":
        return tagged(resource.data) or "clinicians"
    return list_of(resource.data)


def _whose(resource: Resource, codes: Codes) -> tuple[str, str] | None:
    """Return the code and the list of the person of a role, or of that to which a calendar belongs."""
    data = resource.data
    found = data.get("practitioner") if resource.type == "PractitionerRole" else None
    actors = [found] if found else data.get("actor", ()) if resource.type == "Schedule" else ()
    known = [
        codes.find(each["reference"], resource.url)
        for each in actors
        if isinstance(each, dict) and isinstance(each.get("reference"), str)
    ]
    people = [each for each in known if each and each.type in ("Practitioner", "PractitionerRole")]
    first = next(iter([*people, *(each for each in known if each)]), None)
    return None if first is None else (first.code, first.path or ("clinicians" if people else ""))


def _add(codes: Codes, resource: Resource, known: Known) -> None:
    names = [resource.url] if resource.url else []
    if isinstance(resource.data.get("id"), str):
        names.append(f"{resource.type}/{resource.data['id']}")
    codes.add(names, known)
