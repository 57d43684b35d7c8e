"""What has been read of a file so far: plain data of a problem and of a schedule, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from safeschedule.exchange.fhir.kinds import OF_SCHEDULE, ResourceKind, SlotKind
from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader

_OF_SCHEDULE = {kind.path for kind in OF_SCHEDULE}


@dataclass(frozen=True)
class ResourceOrigin:
    """From which resource an entry came.

    Parameters
    ----------
    look
        The resource; of several the first.
    kind
        As what it was read.
    """

    look: ResourceReader
    kind: ResourceKind | None = None


@dataclass
class FhirGathered:
    """What has been read of a file so far.

    Parameters
    ----------
    around
        What is known beside the resources.
    lists
        The entries of each list, as plain data.
    headers
        What the headers of problem and schedule say, by their tags.
    origins
        Where entries came from, by places such as ``requests[3]``.
    people
        The entries of clinicians by code.
    types
        The codes of session types by what their services are called elsewhere.
    minutes
        How long sessions last of which nothing says it.
    """

    around: FhirContext
    lists: dict[str, list[Plain]] = field(default_factory=dict)
    headers: dict[str, Plain] = field(default_factory=dict)
    origins: dict[str, ResourceOrigin] = field(default_factory=dict)
    people: dict[str, Plain] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    minutes: int | None = None

    def add(
        self, path: str, entity: Plain, look: ResourceReader, kind: ResourceKind | SlotKind | None = None
    ) -> None:
        """Add an entry to a list."""
        entries = self.lists.setdefault(path, [])
        own = kind.one if isinstance(kind, SlotKind) else kind
        self.origins[f"{path}[{len(entries)}]"] = ResourceOrigin(look, own)
        entries.append(entity)

    def codes(self, path: str) -> set[str]:
        """Return the codes of a list."""
        return {each["id"] for each in self.lists.get(path, ()) if "id" in each}

    @property
    def has_schedule(self) -> bool:
        """Whether something of a schedule was read."""
        return "schedule" in self.headers or any(self.lists.get(path) for path in _OF_SCHEDULE)

    def problem(self) -> Plain:
        """Return the problem as plain data."""
        made: dict[str, Any] = dict(self.headers.get("problem", {}))
        for path, entries in self.lists.items():
            if path not in _OF_SCHEDULE:
                head, _, tail = path.partition(".")
                if tail:
                    made.setdefault(head, {})[tail] = entries
                else:
                    made[head] = entries
        made.setdefault("clinicians", [])
        made.setdefault("week_start", str(self.around.week_start))
        made.setdefault("time_zone", self.around.zone.key)
        return made

    def schedule(self) -> Plain:
        """Return the schedule as plain data."""
        made = dict(self.headers.get("schedule", {}))
        made |= {path: entries for path, entries in self.lists.items() if path in _OF_SCHEDULE}
        made.setdefault("week_start", str(self.around.week_start))
        made.setdefault("time_zone", self.around.zone.key)
        return made
