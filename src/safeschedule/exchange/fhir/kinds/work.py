"""Session types, requests and groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from safeschedule.exchange.fhir.kinds.kind import ResourceKind
from safeschedule.exchange.fhir.kinds.native import Concept, Fixed, Refers, concept, to
from safeschedule.exchange.fhir.kinds.people import PERSON, SITE
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.moments import date_after, first_date, local_time
from safeschedule.exchange.fhir.terms import is_code
from safeschedule.problem import Group, Request, SessionType

REQUEST = "request-"

_PRIORITIES = {"routine": 3, "urgent": 4, "asap": 5, "stat": 5}
_WRITTEN = {1: "routine", 2: "routine", 4: "urgent", 5: "asap"}


@dataclass(frozen=True)
class Priority:
    """The priority of a request in FHIR's four words."""

    fields: tuple[str, ...] = ("priority",)
    elements: tuple[str, ...] = ("priority",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the word that is nearest."""
        del around
        word = _WRITTEN.get(entity.get("priority", 3))
        return {"priority": word} if word else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return the number of a word; routine is the default."""
        number = _PRIORITIES.get(look.data.get("priority", "routine"), 3)
        return {} if number == 3 else {"priority": number}


@dataclass(frozen=True)
class Count:
    """How many sessions are asked for, as ``quantityQuantity``."""

    fields: tuple[str, ...] = ("count",)
    elements: tuple[str, ...] = ("quantityQuantity",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the quantity, where it is not one."""
        del around
        return {"quantityQuantity": {"value": entity["count"]}} if "count" in entity else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return the number."""
        value = look.data.get("quantityQuantity", {}).get("value", 1)
        if value != int(value):
            look.fault("bad_value", "quantityQuantity.value", value, "a whole number of sessions")
            return {}
        return {} if value == 1 else {"count": int(value)}


@dataclass(frozen=True)
class Dates:
    """The first and the last date of a request, as ``occurrencePeriod``."""

    fields: tuple[str, ...] = ("earliest", "latest")
    elements: tuple[str, ...] = ("occurrencePeriod", "occurrenceDateTime")

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the period, of which one end may be open."""
        del around
        ends = {"start": entity.get("earliest"), "end": entity.get("latest")}
        period = {name: value for name, value in ends.items() if value is not None}
        return {"occurrencePeriod": period} if period else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return the dates."""
        element = "occurrencePeriod"
        period = look.data.get(element, {})
        if "occurrenceDateTime" in look.data:
            element = "occurrenceDateTime"
            period = dict.fromkeys(("start", "end"), look.data[element])
        found: Plain = {}
        for name, field in (("start", "earliest"), ("end", "latest")):
            text = period.get(name)
            if text is None:
                continue
            day = _date(look, str(text), end=name == "end")
            if day is None:
                look.fault("bad_value", f"{element}.{name}", text, "a date such as 2026-10-05")
            else:
                found[field] = str(day)
        return found


def _date(look: ResourceReader, text: str, *, end: bool) -> date | None:
    """Return the first or the last date that is meant by a date or an instant."""
    day = date_after(text) if end else first_date(text)
    if day is not None:
        return day - timedelta(days=1) if end else day
    local = local_time(text, look.around.zone)
    return date.fromisoformat(local[:10]) if local else None


@dataclass(frozen=True)
class Members:
    """The members of a group; those that are inactive are left out."""

    fields: tuple[str, ...] = ("members",)
    elements: tuple[str, ...] = ("member",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the members."""
        del around
        made = [{"entity": to("Patient", code)} for code in entity.get("members", ())]
        return {"member": made} if made else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return the codes of the members."""
        found = []
        for place, each in look.all("member"):
            if each.get("inactive"):
                look.note(place, "who is inactive is left out")
                continue
            code = look.code(each.get("entity"), f"{place}.entity", "Patient")
            found += [code] if code is not None else []
        return {"members": found} if found else {}


@dataclass(frozen=True)
class OwnType:
    """The code of a session type as the type of its service, for programs that look for services by it."""

    fields: tuple[str, ...] = ()
    elements: tuple[str, ...] = ("type",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the type."""
        del around
        code = str(entity["id"])
        return {"type": [concept("session_type", code)]} if is_code(code) else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return nothing: the code of a service is its own, and several may be of one type."""
        del look
        return {}


_REQUEST = (
    Fixed("status", "active"),
    Fixed("intent", "order"),
    Refers("client", "subject", "Patient", listed=False),
    Concept("session_type", "code", listed=False),
    Refers(
        "clinician",
        "performer",
        *PERSON[:1],
        also=PERSON[1:],
        passed=("HealthcareService", "Organization", "CareTeam"),
    ),
    Refers("site", "locationReference", "Location", SITE),
    Priority(),
    Count(),
    Dates(),
)

SESSION_TYPES = ResourceKind(
    "session_types",
    SessionType,
    "HealthcareService",
    (Fixed("active", value=True), OwnType(), Concept("skills", "specialty", many=True)),
)
REQUESTS = ResourceKind("requests", Request, "ServiceRequest", _REQUEST, REQUEST)
UPCOMING = ResourceKind("upcoming", Request, "ServiceRequest", _REQUEST, "upcoming-", numbered=True)
GROUPS = ResourceKind(
    "groups",
    Group,
    "Group",
    (
        Fixed("active", value=True),
        Fixed("type", "person"),
        Fixed("actual", value=True),
        Concept("session_type", "code", listed=False),
        Members(),
    ),
)
