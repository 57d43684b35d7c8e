"""What each list of a problem and of a schedule is in FHIR, as data: one module for what belongs together."""

from __future__ import annotations

from functools import cache

from safeschedule.exchange.fhir.kinds.booked import (
    LEFT_OUT,
    MEETINGS,
    PAST,
    PINNED,
    PINNED_GROUPS,
    SESSIONS,
)
from safeschedule.exchange.fhir.kinds.kind import ResourceKind
from safeschedule.exchange.fhir.kinds.people import ATTENDANTS, CLIENTS, CLINICIANS
from safeschedule.exchange.fhir.kinds.places import EQUIPMENT, ROOMS, SITES
from safeschedule.exchange.fhir.kinds.protected import BLOCKS, PINNED_BLOCKS, SlotKind
from safeschedule.exchange.fhir.kinds.work import GROUPS, REQUESTS, SESSION_TYPES, UPCOMING

__all__ = ["OF_PROBLEM", "OF_SCHEDULE", "ResourceKind", "SlotKind", "all_kinds"]

OF_PROBLEM: tuple[ResourceKind | SlotKind, ...] = (
    SITES,
    ROOMS,
    EQUIPMENT,
    SESSION_TYPES,
    CLINICIANS,
    ATTENDANTS,
    CLIENTS,
    GROUPS,
    REQUESTS,
    UPCOMING,
    MEETINGS,
    PINNED,
    PINNED_GROUPS,
    PINNED_BLOCKS,
    PAST,
)
"""Those of a problem, so that nothing is referred to before it was there. All else is in its header."""

OF_SCHEDULE: tuple[ResourceKind | SlotKind, ...] = (SESSIONS, BLOCKS, LEFT_OUT)
"""Those of a schedule."""


@cache
def all_kinds() -> dict[str, ResourceKind | SlotKind]:
    """Return all of them by their lists."""
    return {kind.path: kind for kind in (*OF_PROBLEM, *OF_SCHEDULE)}
