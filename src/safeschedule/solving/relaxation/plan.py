"""The plan: who does what in which half-day, and what no schedule can exceed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.relaxation.lagrangian import Relaxed
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.tiers import Level

Need = tuple[Level, int]
"""Tiers with what a unit of each counts, and what their sum has to reach at least."""


@dataclass(frozen=True)
class ConditionalBound:
    """What a tier cannot exceed in schedules in which the stronger tiers reach so much.

    Parameters
    ----------
    tier, most
        The tier, and its bound.
    needs
        What has to be reached for the bound to hold.
    """

    tier: Tier
    needs: tuple[Need, ...]
    most: float

    def holds(self, reached: Mapping[Tier, int]) -> bool:
        """Return whether values of the tiers are such that it holds."""
        return all(
            sum(share * reached[tier] for tier, share in level) >= least for level, least in self.needs
        )


@dataclass
class Plan:
    """A plan of half-days.

    Parameters
    ----------
    mask
        Rows that the plan leaves: of each request those with the clinician who is to take it, and all
        blocks. Without a plan: all.
    blocks
        Rows of blocks in half-days that the plan uses for them.
    likely
        Rows in half-days in which the plan holds more than half of their session or block.
    worth
        By tier and row: what a session there adds to the tier.
    planned
        By tier and clinician: the worth of the planned sessions.
    bounds
        What no schedule exceeds: of each tier alone, strongest first (infinite when unknown).
    total, weights
        Of the weighted sum of the tiers: what no schedule exceeds, and the weights.
    infeasible
        Whether the plan layer, and so every schedule, is proven impossible.
    made
        The weighted sum of a whole plan, when there is one.
    relaxed
        The relaxation that bounds, for who looks for a tighter one.
    most_sessions
        The number of sessions that no schedule exceeds; ``None``: not known.
    levels_of_tiers
        Which tiers the plan takes as one (see `levels_of`); what is said by tier above is by these levels.
    tops
        What no schedule exceeds of tiers that are a part of a level, where it is known.
    conditional
        Bounds of weaker tiers that hold while the stronger ones reach so much.
    closed
        Values of tiers that are proven the best.
    """

    mask: Bools
    blocks: Bools
    worth: Floats
    planned: Floats
    likely: Bools
    bounds: list[float] = field(default_factory=list)
    total: float = float("inf")
    weights: list[int] = field(default_factory=list)
    infeasible: bool = False
    made: float = float("-inf")
    relaxed: Relaxed | None = None
    most_sessions: int | None = None
    levels_of_tiers: list[Level] = field(default_factory=list)
    tops: dict[Tier, float] = field(default_factory=dict)
    conditional: list[ConditionalBound] = field(default_factory=list)
    closed: dict[Tier, float] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        """Whether there is a plan at all."""
        return bool(self.planned.any())

    def close(self, tiers: Sequence[Tier], values: Sequence[int]) -> None:
        """Note that these values of the tiers are proven the best, whatever of the others there may be."""
        self.closed = dict(zip(tiers, map(float, values), strict=True))
        by_level = self.merged(tiers, values)
        self.bounds = [float(value) for value in by_level]
        self.total = float(sum(w * v for w, v in zip(self.weights, by_level, strict=True)))

    def by_clinician(self, worth: Floats, clinician: Ints) -> Floats:
        """Return sums of worth (by tier and entry) by tier and clinician."""
        count = self.planned.shape[1]
        sums: Floats = np.zeros((len(worth), count))
        for level, each in enumerate(worth):
            sums[level] = np.bincount(clinician, each, minlength=count)
        return sums

    def missing(self, rows: Rows, chosen: Bools) -> Floats:
        """Return by tier and clinician what the chosen rows lack of the planned worth (negative: more)."""
        return self.planned - self.held(rows, chosen)

    def held(self, rows: Rows, chosen: Bools) -> Floats:
        """Return by tier and clinician what the chosen rows are worth."""
        held = np.flatnonzero(chosen & rows.is_session)
        return self.by_clinician(self.worth[:, held], rows.clinician[held])

    def tier_bounds(
        self, tiers: Sequence[Tier], most: Mapping[Tier, int], reached: Sequence[int]
    ) -> list[float]:
        """Return what each tier cannot exceed in schedules that keep the stronger ones at what they reached.

        `most` is what each can be worth at all: everything that is asked for, and no penalty.
        """
        unknown = float("inf")
        found = {t: min(float(most.get(t, 0)), self.tops.get(t, unknown)) for t in tiers}
        values = dict(zip(tiers, reached, strict=True))
        by_level = self.merged(tiers, reached)
        for level, shares in enumerate(self.levels_of_tiers):
            # Of tiers that are one level, what the stronger ones hold of it leaves so much to the last.
            stronger = sum(share * values[tier] for tier, share in shares[:-1])
            last, share = shares[-1]
            found[last] = min(found[last], (self.bound_of(level, by_level) - stronger) / share)
        for bound in self.conditional:
            if bound.tier in found and bound.holds(values):
                found[bound.tier] = min(found[bound.tier], bound.most)
        return [min(found[tier], self.closed.get(tier, unknown)) for tier in tiers]

    def merged(self, tiers: Sequence[Tier], values: Sequence[int]) -> list[int]:
        """Return values of tiers as values of the plan's levels."""
        known = dict(zip(tiers, values, strict=True))
        return [sum(share * known[tier] for tier, share in level) for level in self.levels_of_tiers]

    def bound_of(self, level: int, reached: Sequence[int]) -> float:
        """Return what a level cannot exceed in schedules that keep the stronger ones at what they reached."""
        if level >= len(self.bounds):
            return float("inf")
        stronger = sum(w * r for w, r in zip(self.weights[:level], reached[:level], strict=True))
        if level + 1 < len(self.bounds):
            return self.bounds[level]
        return min(self.bounds[level], float(np.floor((self.total - stronger) / self.weights[level])))


def takers(index: Index, request: Ints, clinician: Ints, held: Floats) -> Ints:
    """Return for each request the clinician who holds most of it; `request` is -1 for other entries."""
    most = np.zeros((len(index.requests), len(index.clinicians)))
    real = (request >= 0) & (request < len(most))
    np.add.at(most, (request[real], clinician[real]), held[real] + 1e-9)
    taker: Ints = most.argmax(axis=1) if most.size else np.zeros(len(most), dtype=np.int64)
    return taker


def floor_to(bound: float, step: int) -> float:
    """Return the largest multiple of a step under a bound that is proven only to a tolerance."""
    if not np.isfinite(bound):
        return float("inf")
    return float(np.floor((bound + 1e-9 * abs(bound) + 1e-4) / step) * step)
