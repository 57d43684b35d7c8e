"""What a running solve tells, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Where a solve stands.

    Parameters
    ----------
    phase
        ``plan``, ``times``, ``improve`` and the like.
    seconds
        Since the solve began.
    best, bound
        Objective of the best schedule so far and its proven bound; ``None`` while unknown.
    """

    phase: str
    seconds: float
    best: float | None = None
    bound: float | None = None

    @property
    def gap(self) -> float | None:
        """The gap as a fraction, or ``None`` while unknown."""
        return None if self.best is None or self.bound is None else gap(self.best, self.bound)


OnProgress = Callable[[Progress], None]


def gap(objective: float, bound: float) -> float:
    """Return (bound - objective) / abs(objective) of an objective that is maximised, never negative."""
    distance = max(0.0, bound - objective)
    return distance / abs(objective) if objective else (0.0 if distance == 0 else float("inf"))
