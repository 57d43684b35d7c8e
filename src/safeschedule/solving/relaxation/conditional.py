"""What weaker tiers cannot exceed while the stronger ones keep what they reached.

Alone, nothing bounds fairness but an even week, and nothing a preference but that all are met. A schedule
that places as much as the present one has to load somebody with it: the relaxation of the plan layer, with
the stronger tiers held from below one after the other (the epsilon constraints of lexicographic
optimisation; Haimes, Lasdon and Wismer 1971, doi:10.1109/TSMC.1971.4308298), says how much at least.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeschedule.catalogue import Tier
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import Objective, step_of, tier_objective
from safeschedule.solving.relaxation.lagrangian import Relaxed
from safeschedule.solving.relaxation.mip import factors_of, terms_of
from safeschedule.solving.relaxation.plan import ConditionalBound, Need, floor_to

# Seconds without a limit.
_LONGEST = 3600.0


@dataclass(frozen=True)
class _Held:
    """An objective that is kept from below, and the tiers of which it is made."""

    shares: tuple[tuple[Tier, int], ...]
    objective: Objective


def conditional_bounds(
    relaxed: Relaxed, tiers: Sequence[Tier], reached: Mapping[Tier, int], clock: Budget
) -> Iterator[ConditionalBound]:
    """Yield a bound of each tier after the first level, the stronger ones held at what they reached.

    Parameters
    ----------
    relaxed
        Of the plan layer, solved.
    tiers
        All soft tiers, strongest first.
    reached
        What each of them reached; a tier that is not among them, and those after the first such one, have
        no bound but what the tiers before it leave.
    clock
        When to end.
    """
    programme = relaxed.programme.again(over=lambda: clock.over)
    needs: list[Need] = []
    levels = {level[-1][0]: _Held(level, list(objective)) for level, objective in relaxed.by_level}
    # Urgent work is a part of a level, and is held with it.
    parts = {tier for level, _ in relaxed.by_level for tier, _ in level[:-1]}
    for number, tier in enumerate(each for each in tiers if each not in parts):
        held = levels.get(tier) or _Held(((tier, 1),), tier_objective(relaxed.build, tier))
        if clock.over:
            return
        if number:
            bound = programme.solve(held.objective, seconds=min(_LONGEST, clock.left), whole=False).bound
            yield ConditionalBound(tier, tuple(needs), floor_to(bound, step_of(held.objective)))
        if any(each not in reached for each, _ in held.shares):
            return
        least = sum(share * reached[each] for each, share in held.shares)
        needs.append((held.shares, least))
        factors = factors_of(held.objective, len(programme.system.lower))
        programme.hold(terms_of(factors), least)
