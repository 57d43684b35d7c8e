"""What is proven of a search: the tiers that it goes by, and what no schedule exceeds of them."""

from __future__ import annotations

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Index
from safeschedule.solving.objective_constant import stakes
from safeschedule.solving.outcome import TierState
from safeschedule.solving.relaxation.bounding import Bounding, Bounds
from safeschedule.solving.relaxation.plan import ConditionalBound, Plan
from safeschedule.solving.states import State
from safeschedule.solving.tiers import pursued_first, ranked_tiers


class Proofs:
    """Tiers and bounds of one search.

    Parameters
    ----------
    index
        The problem.
    gap
        A distance to the bound of at most this fraction of the whole objective is small enough.
    all_at_once
        Whether fairness is pursued from the beginning.

    Attributes
    ----------
    tiers, pursued
        All soft tiers, strongest first, and those that schedules are told by now.
    plan
        Whose relaxation bounds; ``None`` before there is one.
    bounding, conditional
        Work beside the search that tightens the bounds: of the plan's levels, and of weaker tiers while the
        stronger ones keep what they reached.
    """

    def __init__(self, index: Index, gap: float, *, all_at_once: bool) -> None:
        self._gap = gap
        self.tiers: list[Tier] = ranked_tiers(index.settings)
        self.pursued = self.tiers if all_at_once else pursued_first(self.tiers)
        self._most = _most_by_tier(index)
        self.plan: Plan | None = None
        self.bounding: Bounding[Bounds] | None = None
        self.conditional: Bounding[ConditionalBound] | None = None

    def states(self, state: State | None) -> list[TierState]:
        """Return value and bound of each tier; nothing is reached of those that are not pursued yet."""
        known = dict(zip(self.pursued, state.values, strict=True)) if state else {}
        reached = [known.get(tier, 0) for tier in self.tiers]
        bounds = [float("inf")] * len(self.tiers)
        if self.plan is not None:
            bounds = self.plan.tier_bounds(self.tiers, self._most, reached)
        return [TierState(*each) for each in zip(self.tiers, reached, bounds, strict=True)]

    def of_pursued(self, state: State | None) -> list[TierState]:
        """Return value and bound of each tier that is pursued by now."""
        return [each for each in self.states(state) if each.tier in self.pursued]

    def standing(self, best: State | None) -> tuple[float | None, float | None]:
        """Return objective and bound as far as they are known."""
        states = self.of_pursued(best)
        objective = None if best is None else float(sum(state.reached for state in states))
        bound = float(sum(state.bound for state in states))
        return objective, bound if np.isfinite(bound) else None

    def done(self, state: State | None) -> bool:
        """Return whether every tier is proven, or the distance small against the whole objective."""
        states = self.of_pursued(state)
        distance = sum(each.bound - each.reached for each in states)
        return distance <= max(1e-6, self._gap * abs(sum(each.reached for each in states)))

    def objective_slack(self, state: State) -> list[float]:
        """Return how much more each level of the plan can have, while every stronger one is at its bound."""
        assert self.plan is not None
        found: list[float] = []
        reached = self.plan.merged(self.pursued, state.values)
        for level, value in enumerate(reached):
            found.append(self.plan.bound_of(level, reached) - value)
            if found[-1] > 1e-6:
                break
        return found

    def tighten(self) -> None:
        """Take the tighter bounds that were found beside the search by now."""
        if self.plan is None or not self.plan.bounds:
            return
        if self.conditional is not None:
            self.plan.conditional += self.conditional.take()
        for first, total in self.bounding.take() if self.bounding is not None else ():
            self.plan.bounds[0] = min(self.plan.bounds[0], first)
            self.plan.total = min(self.plan.total, total)

    def finish(self) -> None:
        """End the work on the plan's levels."""
        if self.bounding is not None:
            self.bounding.finish()

    def finish_all(self) -> None:
        """End all work beside the search."""
        self.finish()
        if self.conditional is not None:
            self.conditional.finish()


def _most_by_tier(index: Index) -> dict[Tier, int]:
    """Return by tier what it is worth when every session is held without a penalty."""
    found: dict[Tier, int] = {}
    for name, stake in stakes(index).items():
        tier = index.settings[name].tier
        found[tier] = found.get(tier, 0) + stake
    return found
