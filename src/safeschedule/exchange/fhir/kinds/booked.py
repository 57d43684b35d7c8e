"""What is an Appointment: sessions planned, pinned and past, meetings, and requests left out."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.exchange.fhir.kinds.kind import ResourceKind
from safeschedule.exchange.fhir.kinds.native import Concept, Fixed, Lasting, Refers, to
from safeschedule.exchange.fhir.kinds.people import PERSON, SITE
from safeschedule.exchange.fhir.kinds.places import ROOM
from safeschedule.exchange.fhir.kinds.work import REQUEST
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader, SessionAsked
from safeschedule.exchange.fhir.moments import instant, later
from safeschedule.problem import Meeting, PastAppointment, PinnedAppointment, PinnedGroup
from safeschedule.schedule import Appointment, LeftOut

_ACTORS = (*PERSON, "Patient", "Location")
_PASSED = ("RelatedPerson", "Device", "HealthcareService")
_LISTS = {"Patient": "clients", "rooms": "room", "sites": "site", "attendants": "attendants"}


@dataclass(frozen=True)
class Participants:
    """Everybody and every place of an appointment.

    Parameters
    ----------
    fields
        Those of the model, among ``clinicians``, ``clinician``, ``clients``, ``client``, ``attendants``,
        ``room`` and ``site``.
    answer
        What clients have said.
    """

    fields: tuple[str, ...]
    answer: str = "accepted"
    elements: tuple[str, ...] = ("participant",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the participants: who gives it, who attends it, who comes, and where it is."""
        clients = _several(entity, "client") or _asked(entity, around).clients
        made = [
            *(self._one("Practitioner", code) for code in _several(entity, "clinician")),
            *(self._one("Practitioner", code) for code in entity.get("attendants", ())),
            *({**self._one("Patient", code), "status": self.answer} for code in clients),
        ]
        for field, prefix in (("room", ROOM), ("site", SITE)):
            if entity.get(field):
                made.append(self._one("Location", entity[field], prefix))
        return {"participant": made} if made else {}

    @staticmethod
    def _one(type_: str, code: str, prefix: str = "") -> Plain:
        return {"actor": to(type_, code, prefix), "required": "required", "status": "accepted"}

    def read(self, look: ResourceReader) -> Plain:
        """Return who takes part, and where."""
        found: dict[str, list[str]] = {}
        for place, each in look.all("participant"):
            if not each.get("actor", {}).get("reference"):
                look.note(place, "without a reference to anybody it is not read")
                continue
            known = look.known(each["actor"], f"{place}.actor", *_ACTORS, *_PASSED)
            if known is None:
                continue
            if known.type in _PASSED:
                look.note(place, "only people and places are read")
                continue
            if known.type == "Location" and not known.path:
                look.fault(
                    "unknown_reference",
                    f"{place}.actor.reference",
                    each["actor"]["reference"],
                    "a Location of the file: a room or a site",
                )
                continue
            role = _LISTS.get(known.path) or _LISTS.get(known.type, "clinicians")
            found.setdefault(role, []).append(known.code)
        return dict(self._fields(found, look))

    def _fields(self, found: dict[str, list[str]], look: ResourceReader) -> list[tuple[str, object]]:
        made: list[tuple[str, object]] = []
        for role, codes in found.items():
            single = role.removesuffix("s")
            if role in self.fields and role not in ("room", "site"):
                made.append((role, codes))
            elif single in self.fields:
                if len(codes) > 1:
                    look.note("participant", f"the first of {len(codes)} is read as {single}")
                made.append((single, codes[0]))
        return made


def _several(entity: Plain, name: str) -> list[str]:
    return list(entity.get(f"{name}s") or ([entity[name]] if entity.get(name) else []))


def _asked(entity: Plain, around: FhirContext) -> SessionAsked:
    what = next((name for name in ("request", "group") if entity.get(name)), "")
    return around.asked.get((what, entity.get(what, "")), SessionAsked(0, ()))


@dataclass(frozen=True)
class Starting:
    """The start of a pinned session; how long it lasts follows from what it is."""

    fields: tuple[str, ...] = ("start",)
    elements: tuple[str, ...] = ("start", "end")

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return start and end."""
        start = entity["start"]
        end = later(start, _asked(entity, around).minutes)
        return {"start": instant(start, around.zone), "end": instant(end, around.zone)}

    def read(self, look: ResourceReader) -> Plain:
        """Return the start."""
        start = look.moment("start")
        return {} if start is None else {"start": start}


_ASKED = Refers("request", "basedOn", "ServiceRequest", REQUEST)
_BOOKED = Fixed("status", "booked")

MEETINGS = ResourceKind(
    "meetings", Meeting, "Appointment", (_BOOKED, Lasting(), Participants(("clinicians",))), "meeting-"
)
PINNED = ResourceKind(
    "pinned_appointments",
    PinnedAppointment,
    "Appointment",
    (_BOOKED, _ASKED, Starting(), Participants(("clinician", "room", "attendants"))),
    "pinned-",
    coded=False,
)
PINNED_GROUPS = ResourceKind(
    "pinned_groups",
    PinnedGroup,
    "Appointment",
    (_BOOKED, Starting(), Participants(("clinicians", "clients", "attendants"))),
    "group-",
    coded=False,
)
PAST = ResourceKind(
    "history.appointments",
    PastAppointment,
    "Appointment",
    (Fixed("status", "fulfilled"), Lasting(), Participants(("client", "clinician"))),
    "past-",
    coded=False,
)
SESSIONS = ResourceKind(
    "appointments",
    Appointment,
    "Appointment",
    (
        Fixed("status", "pending"),
        _ASKED,
        Concept("session_type", "serviceType"),
        Lasting(),
        Participants(("clinicians", "clients", "attendants", "room", "site"), "needs-action"),
    ),
    "session-",
    coded=False,
)
LEFT_OUT = ResourceKind(
    "left_out",
    LeftOut,
    "Appointment",
    (Fixed("status", "waitlist"), _ASKED, Participants((), "needs-action")),
    "left-out-",
    coded=False,
)
