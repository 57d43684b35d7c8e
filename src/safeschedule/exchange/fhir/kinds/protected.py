"""Protected time: a Slot that is busy-unavailable for each who has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeschedule.exchange.fhir.extensions import extension, own_fields
from safeschedule.exchange.fhir.kinds.kind import ResourceKind
from safeschedule.exchange.fhir.kinds.native import Concept, Fixed, Lasting, to
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.terms import extension_url, identifier
from safeschedule.problem import PinnedBlock
from safeschedule.schedule import Block

UNAVAILABLE = "busy-unavailable"


@dataclass(frozen=True)
class SlotKind:
    """A list of blocks: of one block as many Slots as it has people, which one identifier holds together.

    Parameters
    ----------
    one
        The block as one Slot, without its people.
    """

    one: ResourceKind

    @property
    def path(self) -> str:
        """The list."""
        return self.one.path

    @property
    def resource(self) -> str:
        """The type of resource."""
        return self.one.resource

    def write(self, entity: Plain, name: str, around: FhirContext) -> Iterator[Plain]:
        """Yield the Slots of a block."""
        bare = {key: v for key, v in entity.items() if key not in ("clinicians", "supervisor")}
        (slot,) = self.one.write(bare, name, around)
        people = [(code, False) for code in entity["clinicians"]]
        people += [(entity["supervisor"], True)] if entity.get("supervisor") else []
        for place, (code, leads) in enumerate(people):
            own = {**slot, "id": f"{slot['id']}-{place}", "identifier": identifier(name)}
            own["schedule"] = to("Schedule", code)
            if leads:
                mark = extension(extension_url(self.one.owner, "supervisor"), value=True)
                own["extension"] = [*slot.get("extension", ()), mark]
            yield own

    def read(self, looks: Sequence[ResourceReader]) -> Plain:
        """Return the block of its Slots."""
        found = self.one.read(looks[0], "")
        clinicians: list[str] = []
        for look in looks:
            own = self.one.read(look, "")
            if any(own.get(name) != found.get(name) for name in ("start", "minutes")):
                look.fault(
                    "other_time", "start", look.data.get("start"), "the time of the other Slots of its block"
                )
            code = look.code(look.data.get("schedule"), "schedule", "Schedule")
            if code is None:
                continue
            leads = any(name == "supervisor" for name, _, _ in own_fields(self.one.owner, look.data))
            if leads:
                found["supervisor"] = code
            else:
                clinicians.append(code)
        if found.get("supervisor") is True:
            del found["supervisor"]
        return {**found, "clinicians": clinicians}


def _slots(path: str, model: type[PinnedBlock] | type[Block], prefix: str) -> SlotKind:
    natives = (Fixed("status", UNAVAILABLE), Concept("kind", "serviceType"), Lasting())
    return SlotKind(ResourceKind(path, model, "Slot", natives, prefix, coded=False))


PINNED_BLOCKS = _slots("pinned_blocks", PinnedBlock, "pinned-")
BLOCKS = _slots("blocks", Block, "block-")
