"""What is said in FHIR's own elements: how fields are written there and read from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.moments import instant, later, minutes_between
from safeschedule.exchange.fhir.terms import is_code, resource_id, system


class Native(Protocol):
    """Fields of a model in elements of a resource.

    What comes back otherwise than it was is written into extensions beside, so that this need not be able
    to say every value.
    """

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields of the model."""

    @property
    def elements(self) -> tuple[str, ...]:
        """Elements of the resource, the most telling one first."""

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the elements for an entity; without those of which it says nothing."""

    def read(self, look: ResourceReader) -> Plain:
        """Return the fields that the elements say; faults and interpretations are noted."""


@dataclass(frozen=True)
class Fixed:
    """An element that every resource of this package has, and that says nothing of the problem."""

    element: str
    value: Any
    fields: tuple[str, ...] = ()

    @property
    def elements(self) -> tuple[str, ...]:
        """Its one element."""
        return (self.element,)

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the element."""
        del entity, around
        return {self.element: self.value}

    def read(self, look: ResourceReader) -> Plain:
        """Return nothing."""
        del look
        return {}


def concept(field: str, code: str) -> Plain:
    """Return a code as a CodeableConcept."""
    return {"coding": [{"system": system(field), "code": code}]}


@dataclass(frozen=True)
class OneField:
    """One field in one element.

    Parameters
    ----------
    field, element
        Of the model and of the resource.
    """

    field: str
    element: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Its one field."""
        return (self.field,)

    @property
    def elements(self) -> tuple[str, ...]:
        """Its one element."""
        return (self.element,)


@dataclass(frozen=True)
class Concept(OneField):
    """A code in a CodeableConcept.

    Parameters
    ----------
    many
        Whether the field is a list.
    listed
        Whether the element is one.
    """

    many: bool = False
    listed: bool = True

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the element, if FHIR can hold all of the codes."""
        del around
        found = entity.get(self.field)
        codes = list(found if self.many else [found]) if found else []
        if not codes or not all(map(is_code, codes)):
            return {}
        made = [concept(self.field, code) for code in codes]
        return {self.element: made if self.listed else made[0]}

    def read(self, look: ResourceReader) -> Plain:
        """Return the codes."""
        if self.element not in look.data:
            return {}
        if not self.listed:
            code = look.concept(look.data[self.element], self.element, self.field)
            return {} if code is None else {self.field: code}
        codes = [look.concept(each, place, self.field) for place, each in look.all(self.element)]
        found = list(dict.fromkeys(code for code in codes if code is not None))
        if not found:
            return {}
        if not self.many and len(found) > 1:
            look.note(self.element, f"the first of {len(found)} is read as {self.field}")
        return {self.field: found if self.many else found[0]}


@dataclass(frozen=True)
class Refers(OneField):
    """A code by a reference.

    Parameters
    ----------
    type, prefix
        To what it leads, and how ids of its list begin.
    many
        Whether the field is a list.
    listed
        Whether the element is one.
    also
        Other types that may stand there.
    passed
        Types to which references are passed over.
    """

    type: str = ""
    prefix: str = ""
    many: bool = False
    listed: bool = True
    also: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return the references."""
        del around
        found = entity.get(self.field)
        codes = list(found if self.many else [found]) if found else []
        if not codes:
            return {}
        made = [to(self.type, code, self.prefix) for code in codes]
        return {self.element: made if self.listed else made[0]}

    def read(self, look: ResourceReader) -> Plain:
        """Return the codes."""
        value = look.data.get(self.element)
        if value is None:
            return {}
        places = list(look.all(self.element)) if self.listed else [(self.element, value)]
        found: list[str] = []
        for place, each in places:
            known = look.known(each, place, self.type, *self.also, *self.passed)
            if known is None:
                continue
            if known.type in self.passed:
                look.note(place, "to what is no person and no place it is not read")
            else:
                found.append(known.code)
        if not found:
            return {}
        if not self.many and len(found) > 1:
            look.note(self.element, f"the first of {len(found)} is read as {self.field}")
        return {self.field: found if self.many else found[0]}


def to(type_: str, code: str, prefix: str = "") -> Plain:
    """Return a reference to the resource of a code."""
    return {"reference": f"{type_}/{resource_id(code, prefix)}"}


@dataclass(frozen=True)
class Lasting:
    """The start and the length of something in two instants."""

    fields: tuple[str, ...] = ("start", "minutes")
    elements: tuple[str, ...] = ("start", "end")

    def write(self, entity: Plain, around: FhirContext) -> Plain:
        """Return both instants."""
        start = entity["start"]
        end = later(start, entity["minutes"])
        return {"start": instant(start, around.zone), "end": instant(end, around.zone)}

    def read(self, look: ResourceReader) -> Plain:
        """Return start and minutes, counted on the clock on the wall."""
        start, end = look.moment("start"), look.moment("end")
        if start is None or end is None:
            return {}
        minutes = minutes_between(start, end)
        # Over a change of the clocks both may fall together; then extensions have what is meant.
        if minutes <= 0 and not look.data.get("extension"):
            look.fault("end_not_after_start", "end", look.data["end"], f"a time after the start, {start}")
        return {"start": start, "minutes": minutes}
