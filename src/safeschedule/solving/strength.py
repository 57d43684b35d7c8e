"""A part solved by strength: first what is strongest alone, then the rest beside it.

In one weighted sum the factors of the tiers differ by many orders of magnitude. What is proven of the strongest
within a moment takes many times as long in it, because each small preference is searched through as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import Answer, Run

# Of the limit, what the strongest tiers may take.
_SHARE = 0.7
# Where one strength is asked for at a time, the whole linear relaxation takes longer than it saves.
_LINEARIZATION = 1


def by_strength(
    run: Run,
    strongest: int,
    before: Sequence[int],
    budget: Budget,
    limit: float,
    seed: int,
    *,
    gains: bool = True,
) -> Answer:
    """Return the best answer that is found within a limit.

    Parameters
    ----------
    run
        With a complete hint.
    strongest
        How many tiers are maximised before the rest.
    before
        Values of the tiers at the hint.
    limit
        In the budget's unit.
    gains
        Whether the strongest may be better than at the hint; if not, they are only kept.
    """
    everything = len(run.objectives)
    if strongest >= everything:
        return run.solve(budget=budget, limit=limit, seed=seed, linearization=_LINEARIZATION)
    began, found, least = budget.used, None, tuple(before)
    if gains:
        run.aim(0, strongest)
        found = run.solve(budget=budget, limit=_SHARE * limit, seed=seed, linearization=_LINEARIZATION)
        if found.chosen is None:
            return found
        if found.values[:strongest] > least[:strongest]:
            least = found.values
            run.begin_at(found)
    run.keep(least[:strongest])
    run.aim(strongest, everything)
    rest = run.solve(
        budget=budget, limit=limit - (budget.used - began), seed=seed, linearization=_LINEARIZATION
    )
    if found is None:
        return rest
    if rest.chosen is None:
        return replace(found, optimal=False)
    return replace(rest, optimal=rest.optimal and found.optimal)
