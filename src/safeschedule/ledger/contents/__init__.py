"""What entries of the ledger can say: one frozen model a kind."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from safeschedule.ledger.contents.decisions import (
    BandConfirmed,
    CapChange,
    IntakeAccepted,
    Override,
    PlanAccepted,
    ReferralRefused,
    Transferred,
    WeekChanged,
)
from safeschedule.ledger.contents.oversight import (
    ConcernRaised,
    ExceptionDecided,
    ExceptionOpened,
    HuddleAction,
    HuddleHeld,
    Resolved,
    ReviewHeld,
)
from safeschedule.ledger.contents.parts import Signatory
from safeschedule.ledger.contents.upkeep import Correction, PolicySet
from safeschedule.problem.entity import Entity

__all__ = [
    "KINDS",
    "BandConfirmed",
    "CapChange",
    "ConcernRaised",
    "Content",
    "Correction",
    "ExceptionDecided",
    "ExceptionOpened",
    "HuddleAction",
    "HuddleHeld",
    "IntakeAccepted",
    "Override",
    "PlanAccepted",
    "PolicySet",
    "ReferralRefused",
    "Resolved",
    "ReviewHeld",
    "Signatory",
    "Transferred",
    "WeekChanged",
]

Content = Annotated[
    PlanAccepted
    | WeekChanged
    | Override
    | CapChange
    | BandConfirmed
    | Transferred
    | IntakeAccepted
    | ReferralRefused
    | ExceptionOpened
    | ExceptionDecided
    | HuddleHeld
    | HuddleAction
    | ReviewHeld
    | ConcernRaised
    | Resolved
    | Correction
    | PolicySet,
    Field(discriminator="kind"),
]
"""What an entry says."""

KINDS: Mapping[str, type[Entity]] = MappingProxyType(
    {kind.model_fields["kind"].default: kind for kind in Content.__origin__.__args__}  # type: ignore[attr-defined]
)
"""The kinds of contents by their words."""
