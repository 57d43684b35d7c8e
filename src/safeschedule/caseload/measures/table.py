"""The one table of measures: what is calculated, printed and documented."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from safeschedule.caseload.measures import carried, kept, seen
from safeschedule.caseload.measures.definition import Area, Definition

_ALL = (*seen.DEFINITIONS, *kept.DEFINITIONS, *carried.DEFINITIONS)

TABLE: Mapping[str, Definition] = MappingProxyType(
    {entry.id: entry for area in Area for entry in _ALL if entry.area is area}
)
"""Every measure by its name, in the order of the areas."""
