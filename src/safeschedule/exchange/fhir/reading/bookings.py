"""Appointments of other programs: requests, pinned sessions, meetings, and the week as it is booked.

A session that stands is pinned. What a problem cannot say of a session, such as two clinicians, is kept as
a meeting, so that nothing is planned over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from safeschedule.exchange.fhir.kinds.booked import SESSIONS
from safeschedule.exchange.fhir.look import Plain, ResourceReader
from safeschedule.exchange.fhir.moments import boundary
from safeschedule.exchange.fhir.reading.gathered import FhirGathered

_GONE = ("cancelled", "noshow", "entered-in-error")
_HELD = ("fulfilled", "arrived", "checked-in")
_FIRM = ("booked", *_HELD)


@dataclass(frozen=True)
class Booking:
    """An appointment with a time.

    Parameters
    ----------
    look
        The resource.
    said
        What it says, as an appointment of a schedule.
    """

    look: ResourceReader
    said: Plain

    @property
    def code(self) -> str:
        """By what it is called where nothing else calls it."""
        return str(self.look.data.get("id") or self.look.place)

    def people(self, name: str) -> list[str]:
        """Return its clients or clinicians."""
        return list(self.said.get(name, ()))


def book(got: FhirGathered, looks: Iterable[ResourceReader], *, problem: bool) -> None:
    """Add what appointments say.

    Parameters
    ----------
    got
        What has been read.
    looks
        The appointments that are of no list.
    problem
        Whether a problem is read, and not only a schedule of one that is known.
    """
    first = str(got.around.week_start)
    last = str(got.around.week_start + timedelta(days=7))
    for look in looks:
        status = look.data.get("status")
        if status in _GONE:
            look.note("", f"of the status {status} it is left out")
            continue
        if "start" not in look.data:
            _asked(got, look, problem=problem)
            continue
        said = SESSIONS.read(look, "")
        if "start" not in said:
            continue  # it is told why
        booking = Booking(look, said)
        if said["start"] >= last:
            look.note("start", "what is after the week is left out")
        elif said["start"] < first:
            _past(got, booking)
        elif not problem:
            _plain(got, booking)
        else:
            _now(got, booking)


def _asked(got: FhirGathered, look: ResourceReader, *, problem: bool) -> None:
    """Add an appointment without a time, which somebody has to find, as a request."""
    said = SESSIONS.read(ResourceReader({**look.data, **_ANY_TIME}, look.place, look.around, look.url), "")
    clients, kind = said.get("clients", []), _type(got, said, look)
    if not problem or len(clients) != 1 or kind is None:
        look.note("", "without a time, and not one client and a type of session, it is left out")
        return
    request: Plain = {
        "id": str(look.data.get("id") or look.place),
        "client": clients[0],
        "session_type": kind,
    }
    if said.get("clinicians"):
        request["clinician"] = said["clinicians"][0]
    period: Plain = next(iter(look.data.get("requestedPeriod") or ()), {})
    for name, field in (("start", "earliest"), ("end", "latest")):
        if name in period:
            at = boundary(str(period[name]), got.around.zone, end=False)
            request |= {field: at[:10]} if at else {}
    look.note("", "without a time it is read as a request")
    got.add("requests", request, look)


_ANY_TIME = {"start": "2020-01-01T09:00:00Z", "end": "2020-01-01T10:00:00Z"}


def _past(got: FhirGathered, booking: Booking) -> None:
    clients, clinicians = booking.people("clients"), booking.people("clinicians")
    if booking.look.data.get("status") not in _HELD or not clients or not clinicians:
        booking.look.note("start", "before the week, only sessions that were held are read")
        return
    booking.look.note("start", "what was held before the week is read as history")
    for client in clients:
        entry: Plain = {"client": client, "clinician": clinicians[0]}
        times: Plain = {name: booking.said[name] for name in ("start", "minutes") if name in booking.said}
        got.add("history.appointments", {**entry, **times}, booking.look)


def _plain(got: FhirGathered, booking: Booking) -> None:
    """Add an appointment to a schedule as it is."""
    kind = _type(got, booking.said, booking.look)
    got.add("appointments", {**booking.said, "session_type": kind or "unknown"}, booking.look, SESSIONS)


def _now(got: FhirGathered, booking: Booking) -> None:
    """Add an appointment of the week: pinned, asked for, or as a meeting."""
    look, said = booking.look, booking.said
    clients, clinicians = booking.people("clients"), booking.people("clinicians")
    if not clinicians:
        look.note("", "without a Practitioner it is left out")
        return
    kind = _type(got, said, look)
    why = _why_meeting(got, booking, kind)
    if why:
        look.note("", f"{why}: kept as a meeting")
        meeting = {"id": booking.code, "start": said["start"], "minutes": said["minutes"]}
        got.add("meetings", {**meeting, "clinicians": clinicians}, look)
        return
    request = said.get("request")
    if request not in got.codes("requests"):
        request = booking.code
        asked: Plain = {"id": request, "client": clients[0], "session_type": kind, "clinician": clinicians[0]}
        look.note("", "what is booked is asked for as well, as a request of its own")
        got.add("requests", asked, look)
    if look.data.get("status") in _FIRM:
        pin: dict[str, Any] = {"request": request, "clinician": clinicians[0], "start": said["start"]}
        pin |= {name: said[name] for name in ("attendants", "room") if name in said}
        look.note("", "what is booked is pinned")
        got.add("pinned_appointments", pin, look)
    got.add("appointments", {**said, "session_type": kind, "request": request}, look, SESSIONS)


def _why_meeting(got: FhirGathered, booking: Booking, kind: str | None) -> str:
    """Return why an appointment cannot be a session of a request; empty: it can."""
    clients, clinicians = booking.people("clients"), booking.people("clinicians")
    if not clients:
        return "without a Patient"
    if len(clients) > 1 or len(clinicians) > 1:
        return f"of {len(clients)} Patients and {len(clinicians)} Practitioners"
    if kind is None:
        return "without a type of session"
    entry = next((each for each in got.lists.get("session_types", ()) if each["id"] == kind), None)
    minutes = booking.said["minutes"]
    if entry is None:
        booking.look.note("", f"the session type {kind} is read from it, of {minutes} minutes")
        got.add("session_types", {"id": kind, "minutes": minutes}, booking.look)
    elif entry.get("minutes") != minutes:
        return f"of another length than its session type, {kind}"
    return ""


def _type(got: FhirGathered, said: Plain, look: ResourceReader) -> str | None:
    """Return the session type of an appointment: its own, or that of its request."""
    kind = said.get("session_type")
    if kind is None:
        asked = said.get("request")
        found = (each for each in got.lists.get("requests", ()) if each.get("id") == asked)
        kind = next((each.get("session_type") for each in found), None)
    return None if kind is None else match_type(got, str(kind), look, "serviceType")


def match_type(got: FhirGathered, kind: str, look: ResourceReader, element: str) -> str:
    """Return the session type of a code: that of the service which has it as its type, if it is only one."""
    if kind in got.codes("session_types") or not got.types.get(kind):
        return kind
    look.note(element, f"read as {got.types[kind]}, the service of this type")
    return got.types[kind]
