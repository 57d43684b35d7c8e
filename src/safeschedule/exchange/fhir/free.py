"""Free Slots: what a booking page may offer, as `safeschedule.free_slots` finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, runtime_checkable

from safeschedule.exchange.fhir.extensions import written
from safeschedule.exchange.fhir.kinds.native import concept, to
from safeschedule.exchange.fhir.look import FhirContext, Plain
from safeschedule.exchange.fhir.moments import instant, later
from safeschedule.exchange.fhir.terms import is_code, tag
from safeschedule.schedule import Appointment


class Offered(Protocol):
    """One session that may be booked."""

    @property
    def appointment(self) -> Appointment:
        """The session as it would be."""


@runtime_checkable
class Free(Protocol):
    """Sessions of one type of which each may be booked, such as `safeschedule.FreeSlots`."""

    @property
    def slots(self) -> Sequence[Offered]:
        """What may be booked."""

    def excluded_by(self, number: int) -> tuple[int, ...]:
        """Return the numbers of those that are gone once one is booked."""


def free_resources(free: Iterable[Free], around: FhirContext) -> Iterator[Plain]:
    """Yield a Slot that is free for each session that may be booked.

    Which Slots are gone once it is booked, and how and where it would be, is in extensions: R4 has no
    elements for it.
    """
    for part, found in enumerate(free):
        for number, each in enumerate(found.slots):
            excluded = [f"free-{part}-{other}" for other in found.excluded_by(number)]
            yield _slot(each.appointment, f"free-{part}-{number}", excluded, around)


def _slot(session: Appointment, name: str, excluded: list[str], around: FhirContext) -> Plain:
    start = session.start.isoformat(timespec="minutes")
    beside = {"mode": session.mode.value, "site": session.site, "room": session.room, "excludes": excluded}
    made: Plain = {"resourceType": "Slot", "id": name, "meta": tag("free")}
    made |= written("FreeSlot", {key: value for key, value in beside.items() if value})
    if is_code(session.session_type):
        made["serviceType"] = [concept("session_type", session.session_type)]
    return {
        **made,
        "schedule": to("Schedule", session.clinicians[0]),
        "status": "free",
        "start": instant(start, around.zone),
        "end": instant(later(start, session.minutes), around.zone),
    }
