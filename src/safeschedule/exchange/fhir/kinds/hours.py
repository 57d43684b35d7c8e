"""Working time and leave of a PractitionerRole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safeschedule.exchange.fhir.extensions import written
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.moments import clock, instant
from safeschedule.problem import Leave, WorkingPeriod
from safeschedule.problem.clock import FIRST_DATE, LAST_DATE, Weekday

_DAYS = tuple(day.value for day in Weekday)
_WHOLE_DAY = {"start": "00:00", "end": "24:00"}


@dataclass(frozen=True)
class Working:
    """Working periods as ``availableTime``, one each; where a period is, is said in extensions of it."""

    fields: tuple[str, ...] = ("working",)
    elements: tuple[str, ...] = ("availableTime",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the element."""
        del around
        made = [_available(period) for period in entity.get("working", ())]
        return {"availableTime": made} if made else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return the periods, one for each day."""
        found = [
            period for place, each in look.all("availableTime") for period in _periods(look, place, each)
        ]
        return {"working": found} if found else {}


def _available(period: Plain) -> Plain:
    made: Plain = {"daysOfWeek": [period["day"]]}
    if {name: period[name] for name in _WHOLE_DAY} == _WHOLE_DAY:
        made["allDay"] = True
    else:
        # FHIR has no 24:00. What ends at 00:00 ends on the next day, which is the same.
        end = "00:00" if period["end"] == "24:00" else period["end"]
        made |= {"availableStartTime": f"{period['start']}:00", "availableEndTime": f"{end}:00"}
    beside = {name: value for name, value in period.items() if name not in ("day", "start", "end")}
    return {**written("WorkingPeriod", beside), **made}


def _periods(look: ResourceReader, place: str, available: Plain) -> Iterator[Plain]:
    days = available.get("daysOfWeek") or ()
    if not days:
        look.note(f"{place}", "without daysOfWeek it is read as every day")
        days = _DAYS
    times = dict(_WHOLE_DAY) if available.get("allDay") else _clocks(look, place, available)
    if times is None:
        return
    beside = look.own(WorkingPeriod, available, place)
    if times["end"] < times["start"] and times["end"] != "00:00":
        look.note(place, "what ends before it starts ends on the next day")
    if times["end"] == "00:00" and times["start"] != "00:00":
        times["end"] = "24:00"
    for day in days:
        yield {"day": day, **times, **beside}


def _clocks(look: ResourceReader, place: str, available: Plain) -> Plain | None:
    found: Plain = {}
    for name, element in (("start", "availableStartTime"), ("end", "availableEndTime")):
        text = available.get(element)
        if text is None:
            look.fault("missing_field", f"{place}.{element}", None, "a time such as 09:00:00, or allDay")
            continue
        at = clock(str(text))
        if at is None:
            look.fault("bad_value", f"{place}.{element}", text, "a time to the minute, such as 09:00:00")
            continue
        found[name] = at
    return found if len(found) == len(_WHOLE_DAY) else None


@dataclass(frozen=True)
class Away:
    """Leave as ``notAvailable``; what it is for is neither read nor written."""

    fields: tuple[str, ...] = ("leave",)
    elements: tuple[str, ...] = ("notAvailable",)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the element."""
        made = []
        for leave in entity.get("leave", ()):
            during = {name: instant(leave[name], around.zone) for name in ("start", "end")}
            beside = {"kind": leave["kind"]} if "kind" in leave else {}
            made.append({**written("Leave", beside), "description": "not available", "during": during})
        return {"notAvailable": made} if made else {}

    def read(self, look: ResourceReader) -> Plain:
        """Return the leave."""
        found = [leave for place, each in look.all("notAvailable") for leave in _leave(look, place, each)]
        return {"leave": found} if found else {}


def _leave(look: ResourceReader, place: str, away: Plain) -> Iterator[Plain]:
    during: dict[str, Any] | None = away.get("during")
    if not during:
        look.note(place, "without during it is not read")
        return
    ends = {name: look.end_of(during, name, f"{place}.during") for name in ("start", "end")}
    for name, otherwise in (("start", f"{FIRST_DATE}T00:00"), ("end", f"{LAST_DATE}T00:00")):
        if during.get(name) is None:
            look.note(f"{place}.during", f"without {name} it has none: it is read as {otherwise[:10]}")
            ends[name] = otherwise
    if None in ends.values():
        return
    yield {**ends, **look.own(Leave, away, place)}
