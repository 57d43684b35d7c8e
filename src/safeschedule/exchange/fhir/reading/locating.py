"""Faults of a problem as faults of the resources from which it was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from safeschedule.errors import Fault
from safeschedule.exchange.fhir.extensions import own_fields
from safeschedule.exchange.fhir.look import ResourceReader
from safeschedule.exchange.fhir.reading.gathered import FhirGathered, ResourceOrigin

_ENTRY = re.compile(
    r"(?P<entry>history\.appointments\[\d+\]|[a-z_]+\[\d+\])(?:\.(?P<field>[a-z_]+))?(?P<rest>.*)"
)
_PLACE = re.compile(r"\b(?:history\.)?[a-z_]+\[\d+\](?:\.[a-z_]+(?:\[\d+\])?)*")
_NUMBER = re.compile(r"\[(\d+)\]")
_OPTIONS = {"week_start": "week", "time_zone": "time_zone"}


def located(got: FhirGathered, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield faults with the places of resources instead of those of the problem."""
    for fault in faults:
        expected = _PLACE.sub(lambda match: place_of(got, match[0]), fault.expected)
        yield replace(fault, place=place_of(got, fault.place), expected=expected)


def place_of(got: FhirGathered, place: str) -> str:
    """Return where in the file something of the problem was read."""
    match = _ENTRY.fullmatch(place)
    origin = got.origins.get(match["entry"]) if match else None
    if match is None or origin is None:
        head = re.split(r"[.\[]", place)[0]
        return (
            f"Basic.extension(Problem.{place})"
            if head in got.headers.get("problem", {})
            else _OPTIONS.get(place, place)
        )
    element = _element(origin, match["field"] or "", match["rest"])
    return f"{origin.look.place}.{element}" if element else origin.look.place


def _element(origin: ResourceOrigin, field: str, rest: str) -> str:
    """Return the element in which a field is said; nothing where that is not known."""
    data = origin.look.data
    if origin.kind is not None:
        for name, _, number in own_fields(origin.kind.owner, data):
            if name == field:
                return f"extension[{number}]"
        for native in origin.kind.natives:
            found = next((each for each in native.elements if each in data), None)
            if field in native.fields and found is not None:
                return found + _inside(origin.look, found, rest)
    return ""


def _inside(look: ResourceReader, element: str, rest: str) -> str:
    """Return which entry of an element is meant by a number in a list of the problem."""
    match = _NUMBER.match(rest)
    if match is None or not isinstance(look.data[element], list):
        return ""
    number = int(match[1])
    if element == "availableTime":
        # One entry is as many periods as it has days.
        for place, each in enumerate(look.data[element]):
            days = len(each.get("daysOfWeek") or ()) or 7
            if number < days:
                return f"[{place}]"
            number -= days
    return f"[{number}]" if number < len(look.data[element]) else ""
