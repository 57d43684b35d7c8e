"""The search for smallest sets: first among those who are over, and among all where that is not enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeschedule.rebalancing.bounds import BOUNDS, CAP, SPREAD, Bounds
from safeschedule.rebalancing.goals import TransferGoals
from safeschedule.rebalancing.model import Counts, TransferModel, added
from safeschedule.rebalancing.movable import Pool
from safeschedule.solving.budget import Budget


@dataclass(frozen=True)
class SmallestSet:
    """A smallest set, and all that another one as good has to keep.

    Parameters
    ----------
    counts
        The set; ``None``: none was found.
    moved
        How many clients move.
    proven
        Whether it is proven that there is no better one, or none at all.
    pools
        Whom the model knew: every set as small is in it.
    excess
        What stays over, by bound, in the order of the bounds; ``None``: everybody is inside.
    """

    counts: Counts | None
    moved: int
    proven: bool
    pools: tuple[Pool, ...]
    excess: tuple[int, ...] | None = None


def smallest(bounds: Bounds, pools: Sequence[Pool], budget: Budget) -> SmallestSet:
    """Return the smallest set that brings everybody inside.

    Whoever is over has to give at least so many, whoever takes them. Where as few as all these together
    are enough, nobody else gives anything in any smallest set, so that the others' clients need not be in
    the model. Where they are not (somebody has to make room, for skills perhaps), all are.
    """
    over = {code for code in bounds.points if bounds.over(code, bounds.points[code], bounds.high[code])}
    near = tuple(pool for pool in pools if pool.giver in over)
    fewest = [_fewest(bounds, code, [pool for pool in near if pool.giver == code]) for code in sorted(over)]
    if None in fewest:
        return SmallestSet(None, 0, True, tuple(pools))
    least = sum(number for number in fewest if number is not None)
    first = _least(bounds, near, budget)
    if first.counts is not None and first.moved == least:
        return first
    return _least(bounds, tuple(pools), budget)


def best_effort(bounds: Bounds, pools: Sequence[Pool], budget: Budget, most: int | None) -> SmallestSet:
    """Return the smallest set that brings everybody as near as so many transfers can."""
    model = TransferModel(bounds, pools, hard=False, most=most)
    goals = TransferGoals(model, budget)
    excess = [goals.least(model.excess[bound]) for bound in BOUNDS]
    moved = goals.least(model.moved)
    _continuity(model, goals)
    known = tuple(value for value in excess if value is not None)
    return SmallestSet(goals.counts, moved or 0, goals.proven, tuple(pools), known)


def others(bounds: Bounds, first: SmallestSet, budget: Budget, number: int) -> Iterator[Counts]:
    """Yield other sets, as small and as good for the caps, that cost least continuity."""
    before = [] if first.counts is None else [first.counts]
    while len(before) <= number:
        model = TransferModel(bounds, first.pools, hard=first.excess is None, most=first.moved)
        for bound, value in zip(BOUNDS, first.excess or (), strict=False):
            model.model.add(added(model.excess[bound]) <= value)
        for counts in before:
            model.forbid(counts)
        goals = TransferGoals(model, budget)
        _continuity(model, goals)
        if goals.counts is None or budget.interrupted:
            return
        before.append(goals.counts)
        yield goals.counts


def _least(bounds: Bounds, pools: tuple[Pool, ...], budget: Budget) -> SmallestSet:
    model = TransferModel(bounds, pools, hard=True)
    goals = TransferGoals(model, budget)
    moved = goals.least(model.moved)
    _continuity(model, goals)
    return SmallestSet(goals.counts, moved or 0, goals.proven, pools)


def _continuity(model: TransferModel, goals: TransferGoals) -> None:
    for goal in model.continuity():
        goals.least(goal)
    goals.least(model.beyond_the_team(), promised=False)


def _fewest(bounds: Bounds, code: str, pools: Sequence[Pool]) -> int | None:
    """Return how many clients somebody has to give at least to come inside; ``None``: all are not enough."""
    points = max(bounds.excess(b, code, bounds.points[code]) for b in (CAP, SPREAD))
    high = max(bounds.excess(b, code, bounds.high[code]) for b in BOUNDS if b not in (CAP, SPREAD))
    each = sorted(
        ((pool.profile.points, pool.profile.high) for pool in pools for _ in pool.clients), reverse=True
    )
    first = [weight for weight, is_high in each if is_high][:high]
    if len(first) < high:
        return None
    # The heaviest of those who have to be there, and then the heaviest of all others.
    rest = sorted(
        (*(w for w, is_high in each if not is_high), *[w for w, h in each if h][high:]), reverse=True
    )
    for number in range(len(rest) + 1):
        if sum(first) + sum(rest[:number]) >= points:
            return high + number
    return None
