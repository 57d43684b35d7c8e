"""Sites, rooms and equipment."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.exchange.fhir.kinds.kind import ResourceKind
from safeschedule.exchange.fhir.kinds.native import Concept, Fixed, Refers
from safeschedule.exchange.fhir.kinds.people import SITE
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.terms import PHYSICAL_TYPE
from safeschedule.problem import Equipment, Room, Site

ROOM = "room-"
_DEFAULT = "consulting"


def _physical(code: str) -> Fixed:
    return Fixed("physicalType", {"coding": [{"system": PHYSICAL_TYPE, "code": code}]})


_STATUS = Fixed("status", "active")
_INSTANCE = Fixed("mode", "instance")


@dataclass(frozen=True)
class RoomKinds:
    """What a room is and serves as, as the types of its Location."""

    fields: tuple[str, ...] = ("kind", "also")
    elements: tuple[str, ...] = ("type",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the types, the kind first."""
        if not {"kind", "also"} & entity.keys():
            return {}
        kinds = [entity.get("kind", _DEFAULT), *entity.get("also", ())]
        return Concept("kind", "type", many=True).write({"kind": kinds}, around)

    def read(self, look: ResourceReader) -> Plain:
        """Return the kind and what it serves as beside."""
        kinds = Concept("kind", "type", many=True).read(look).get("kind", ())
        if not kinds:
            return {}
        first, *also = kinds
        return {**({"kind": first} if first != _DEFAULT else {}), **({"also": also} if also else {})}


SITES = ResourceKind("sites", Site, "Location", (_STATUS, _INSTANCE, _physical("si")), SITE)
ROOMS = ResourceKind(
    "rooms",
    Room,
    "Location",
    (
        _STATUS,
        _INSTANCE,
        _physical("ro"),
        RoomKinds(),
        Refers("site", "partOf", "Location", SITE, listed=False),
    ),
    ROOM,
)
EQUIPMENT = ResourceKind(
    "equipment",
    Equipment,
    "Device",
    (
        Concept("kind", "type", listed=False),
        Refers("site", "location", "Location", SITE, listed=False),
    ),
)
