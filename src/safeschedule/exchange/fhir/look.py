"""One resource that is being read: its elements, and where to tell what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from safeschedule.exchange.fhir.codes import Codes, Known
from safeschedule.exchange.fhir.extensions import UnreadableError, own_fields, value_of
from safeschedule.exchange.fhir.moments import boundary, local_time
from safeschedule.exchange.fhir.terms import system
from safeschedule.exchange.fhir.told import FhirNotes

Plain = dict[str, Any]

INSTANT = "a time with its offset and without seconds, such as 2026-10-05T09:00:00+01:00"


@dataclass(frozen=True)
class SessionAsked:
    """What a request or a group says of sessions that are pinned.

    Parameters
    ----------
    minutes
        Their length.
    clients
        Who comes.
    """

    minutes: int
    clients: tuple[str, ...]


@dataclass
class FhirContext:
    """What is known beside a resource.

    Parameters
    ----------
    week_start
        The first date of the week.
    zone
        The time zone of local times.
    codes
        To what references lead.
    told
        Where faults and notes go.
    asked
        What is written of the requests and groups of pinned sessions, by ``request`` or ``group`` and code.
    """

    week_start: date
    zone: ZoneInfo
    codes: Codes = field(default_factory=Codes)
    told: FhirNotes = field(default_factory=FhirNotes)
    asked: Mapping[tuple[str, str], SessionAsked] = field(default_factory=dict)

    def quiet(self) -> FhirContext:
        """Return the same for reading something once more, of which nothing is told."""
        return replace(self, told=FhirNotes())


@dataclass(frozen=True)
class ResourceReader:
    """A resource as it is read.

    Parameters
    ----------
    data
        The resource.
    place
        Where it is, such as ``Bundle.entry[3].resource``.
    around
        What is known beside it.
    url
        Its full URL.
    """

    data: Plain
    place: str
    around: FhirContext
    url: str = ""

    def fault(self, code: str, element: str, value: object, expected: str) -> None:
        """Note a fault of an element."""
        self.around.told.fault(code, f"{self.place}.{element}", value, expected)

    def note(self, element: str, meant: str) -> None:
        """Note how an element is read."""
        self.around.told.note(f"{self.place}.{element}" if element else self.place, meant)

    def all(self, element: str) -> Iterator[tuple[str, Plain]]:
        """Yield each entry of an element with its place inside the resource."""
        for number, each in enumerate(self.data.get(element) or ()):
            yield f"{element}[{number}]", each

    def known(self, reference: Any, element: str, *types: str) -> Known | None:
        """Return to what a reference leads; faults are noted.

        Parameters
        ----------
        reference
            The element ``Reference``.
        element
            Where it is.
        types
            Those to which it may lead.
        """
        text = (reference or {}).get("reference")
        expected = f"a reference to {' or '.join(types)}"
        if not isinstance(text, str) or text.startswith("#"):
            found = text if isinstance(text, str) else "no reference"
            self.fault("missing_reference", element, found, f"{expected} that is a resource of its own")
            return None
        known = self.around.codes.find(text, self.url)
        if known is None:
            self.fault("unknown_reference", f"{element}.reference", text, f"{expected} of the file")
        elif known.type not in types:
            self.fault("wrong_type", f"{element}.reference", text, expected)
            return None
        return known

    def code(self, reference: Any, element: str, *types: str) -> str | None:
        """Return the code of that to which a reference leads; faults are noted."""
        found = self.known(reference, element, *types)
        return None if found is None else found.code

    def concept(self, concept: Any, element: str, field: str) -> str | None:
        """Return the code that a CodeableConcept says; what is not of this package's system is told."""
        codings = [each for each in (concept or {}).get("coding") or () if each.get("code")]
        own = [each["code"] for each in codings if each.get("system") == system(field)]
        if own:
            return str(own[0])
        if codings:
            beside = "" if len(codings) == 1 else f", the first of {len(codings)} codings"
            self.note(element, f"the code of the coding is read as {field}{beside}")
            return str(codings[0]["code"])
        text = (concept or {}).get("text")
        if isinstance(text, str) and text.strip():
            self.note(element, f"the text is read as {field}, for there is no code")
            return text.strip()
        self.fault("missing_field", element, None, "a coding with a code")
        return None

    def moment(self, element: str, value: Any = None) -> str | None:
        """Return an instant as local time; faults are noted."""
        text = self.data.get(element) if value is None else value
        if not isinstance(text, str):
            self.fault("missing_field", element, None, INSTANT)
            return None
        found = local_time(text, self.around.zone)
        if found is None:
            self.fault("bad_value", element, text, INSTANT)
        return found

    def own(self, model: type[BaseModel], holder: Plain, place: str = "") -> Plain:
        """Return the fields of a model in the extensions of an element; faults are noted."""
        found: Plain = {}
        for name, each, number in own_fields(model.__name__, holder):
            where = f"{place}.extension[{number}]".removeprefix(".")
            if name not in model.model_fields:
                self.fault("unknown_field", f"{where}.url", name, f"a field of {model.__name__}")
                continue
            try:
                found[name] = value_of(each)
            except UnreadableError as error:
                self.fault("bad_value", where, None, str(error))
        return found

    def end_of(self, period: Plain, name: str, element: str) -> str | None:
        """Return the start or the end of a Period as local time; ``None``: it has none, or it is a fault."""
        text = period.get(name)
        if text is None:
            return None
        found = boundary(str(text), self.around.zone, end=name == "end")
        if found is None:
            self.fault("bad_value", f"{element}.{name}", text, f"a date, or {INSTANT}")
        return found
