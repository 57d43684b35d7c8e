"""How a search ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeschedule.catalogue import Tier
from safeschedule.model.rows import Rows


@dataclass
class TierState:
    """What is known of one tier: the value reached and the proven bound."""

    tier: Tier
    reached: int = 0
    bound: float = float("inf")


@dataclass
class Outcome:
    """How a search ended.

    Parameters
    ----------
    rows
        The chosen rows; ``None`` without a schedule.
    tiers
        Value and bound of each soft tier, strongest first.
    infeasible
        Whether it was proven that nothing keeps the hard rules.
    seconds
        Wall-clock seconds by phase.
    """

    rows: Rows | None
    tiers: list[TierState]
    infeasible: bool
    seconds: dict[str, float] = field(default_factory=dict)
