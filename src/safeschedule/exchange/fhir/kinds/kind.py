"""A list of a problem as resources of one type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import BaseModel

from safeschedule.exchange.fhir.extensions import written
from safeschedule.exchange.fhir.kinds.native import Native
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.terms import identifier, resource_id, tag

_CHANGED = "was changed since it was exported: the element is read, not the extension beside it"


@dataclass(frozen=True)
class ResourceKind:
    """A list of a problem, or of a schedule, as resources of one type.

    Parameters
    ----------
    path
        The list, such as ``clients``.
    model
        Of its entries.
    resource
        The type of resource.
    natives
        What is said in FHIR's own elements; all else is said in extensions.
    prefix
        How ids begin, where other lists have resources of the type as well.
    beside
        Returns another resource that comes with each.
    coded
        Whether entries have a code of their own.
    numbered
        Whether ids are not made of codes although there are some, because one may come twice.
    """

    path: str
    model: type[BaseModel]
    resource: str
    natives: tuple[Native, ...] = ()
    prefix: str = ""
    beside: Callable[[Plain], Plain] | None = field(default=None, compare=False)
    coded: bool = True
    numbered: bool = False

    @cached_property
    def owner(self) -> str:
        """What begins the names of its extensions."""
        return self.model.__name__

    def write(self, entity: Plain, name: str, around: FhirContext) -> Iterator[Plain]:
        """Yield the resources of an entity.

        Parameters
        ----------
        entity
            As plain data without its defaults.
        name
            Of what the id is made, where it is not the entity's code.
        around
            What references lead to; nothing is noted.
        """
        if self.coded and not self.numbered:
            name = str(entity["id"])
        made: Plain = {"resourceType": self.resource, "id": resource_id(name, self.prefix)}
        made["meta"] = tag(self.path)
        if self.coded:
            made["identifier"] = identifier(str(entity["id"]))
        for native in self.natives:
            made |= native.write(entity, around)
        back = self._natively(ResourceReader(made, "", around.quiet()))
        said = {"id"} if self.coded else set()
        lost = {key: v for key, v in entity.items() if key not in said and back.get(key, _NONE) != v}
        made |= written(self.owner, lost)
        if self.beside is not None:
            yield self.beside(made)
        yield made

    def read(self, look: ResourceReader, code: str) -> Plain:
        """Return the entity of a resource, as plain data."""
        natively = self._natively(look)
        said = look.own(self.model, look.data)
        if said:
            self._drop_stale(said, natively, look)
        found = {**natively, **said}
        return {"id": code, **found} if self.coded else found

    def _natively(self, look: ResourceReader) -> Plain:
        found: Plain = {}
        for native in self.natives:
            found |= native.read(look)
        return found

    def _drop_stale(self, said: Plain, natively: Plain, look: ResourceReader) -> None:
        """Drop what extensions say of elements that another program has changed since."""
        quiet = look.around.quiet()
        for native in self.natives:
            own = [name for name in native.fields if name in said]
            if not own:
                continue
            try:
                again = native.write({**natively, **said}, quiet)
            except (KeyError, ValueError, TypeError):
                continue  # not as this package writes it; what is wrong with it is told later
            was = native.read(ResourceReader(again, "", quiet))
            now = {name: natively[name] for name in native.fields if name in natively}
            if was != now:
                look.note(native.elements[0], _CHANGED)
                for name in own:
                    del said[name]


_NONE = object()
