"""How a search ended."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from safeschedule.catalogue import Tier

if TYPE_CHECKING:
    from safeschedule.model.rows import Rows


class Ended(StrEnum):
    """What ended a search.

    ``itself``: the best is proven, or nothing that was tried helps any more; ``limit``: its limit;
    ``ceiling``: the time limit beside a deterministic limit, so that the schedule may be another one next
    time; ``stop``: whoever called.
    """

    ITSELF = "itself"
    LIMIT = "limit"
    CEILING = "ceiling"
    STOP = "stop"


@dataclass(frozen=True)
class Phase:
    """Where a solve stood when one of its phases ended.

    Parameters
    ----------
    name
        ``plan``, ``times``, ``improve`` and the like.
    seconds
        Wall-clock seconds that the phase took.
    best, bound
        Objective of the best schedule so far and its proven bound; ``None`` while unknown.
    """

    name: str
    seconds: float
    best: float | None = None
    bound: float | None = None

    def __post_init__(self) -> None:
        for name in ("best", "bound"):
            value = getattr(self, name)
            if value is not None and not math.isfinite(value):
                object.__setattr__(self, name, None)


@dataclass
class TierState:
    """What is known of one tier: the value reached and the proven bound."""

    tier: Tier
    reached: int = 0
    bound: float = float("inf")


@dataclass
class SearchOutcome:
    """How a search ended.

    Parameters
    ----------
    rows
        The chosen rows; ``None`` without a schedule.
    tiers
        Value and bound of each soft tier, strongest first.
    infeasible
        Whether it was proven that nothing keeps the hard rules.
    phases
        What was done, in order.
    ended
        What ended it.
    most_sessions
        The number of sessions that no schedule exceeds, as far as it is proven; ``None``: not known.
    """

    rows: Rows | None
    tiers: list[TierState]
    infeasible: bool
    phases: tuple[Phase, ...] = ()
    ended: Ended = Ended.ITSELF
    most_sessions: int | None = None
