"""The soft rules of a build by tier, as expressions to maximise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import gcd

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.variables import top
from safeschedule.solving.tiers import Level

WIDEST = 2**61
"""What weighted sums may differ by."""

_UNITS = 32
"""Units of which the value of a session in the middle consists, at least."""

Objective = list[tuple[int, int]]
"""Pairs of factor and variable number; constant terms are left out."""


def level_objective(build: Build, level: Level) -> Objective:
    """Return the objective of one level of a plan."""
    return [(share * f, v) for tier, share in level for f, v in tier_objective(build, tier)]


def rule_objective(build: Build, name: str) -> Objective:
    """Return the weighted, negated amount of one rule."""
    weight = build.index.settings[name].weight
    return [(-weight * factor, variable.index) for factor, variable in build.amounts.get(name, [])]


def tier_objective(build: Build, tier: Tier) -> Objective:
    """Return the objective of one tier."""
    names = [n for n, s in build.index.settings.items() if s.tier is tier and not s.hard]
    return [term for name in names for term in rule_objective(build, name)]


def step_of(objective: Objective) -> int:
    """Return the largest number that divides every value of an objective over whole numbers."""
    return gcd(*(factor for factor, _ in objective)) or 1


def unit_of(objective: Objective) -> int:
    """Return a step that is no smaller than what matters: a part of what most sessions are worth.

    Values that grow with minutes have steps of 1; that much more or less is nothing that plans should weigh.
    """
    gains = sorted(factor for factor, _ in objective if factor > 0)
    return max(step_of(objective), gains[len(gains) // 2] // _UNITS if gains else 1)


def weights_of(
    build: Build,
    objectives: Sequence[Objective],
    most: int | None = None,
    measure: Callable[[Objective], int] = step_of,
) -> list[int]:
    """Return a weight for each tier, so that their weighted sum orders schedules as the tiers do.

    A step of a tier outweighs everything that the weaker tiers together can differ by: for each request
    the range of its entries' worth as often as it may be held, and for each other variable its whole range;
    or `most`, which then only nearly orders them. `measure` says what a step is. Where that would leave
    64-bit integers, weights are smaller, and the sum only nearly orders them either (see `exact`).
    """
    reaches = [_reach(build, objective) for objective in objectives]
    return weights_by_reach([measure(objective) for objective in objectives], reaches, most)


def weights_by_reach(steps: Sequence[int], reaches: Sequence[int], most: int | None) -> list[int]:
    """Return the weights (see `weights_of`) of objectives with these steps and these reaches."""
    while True:
        weights = [1] * len(steps)
        reach = 0
        for level in reversed(range(len(steps))):
            weights[level] = (reach if most is None else min(reach, most)) // steps[level] + 1
            reach += weights[level] * reaches[level]
        if reach < WIDEST or (most is not None and most <= 1):
            return weights
        # Larger sums than the solver can hold: then steps of a tier count for less.
        most = (reach if most is None else most) // 2**10


def exact(build: Build, objectives: Sequence[Objective], weights: Sequence[int]) -> bool:
    """Return whether a weighted sum orders schedules as the tiers do."""
    steps = [step_of(objective) for objective in objectives]
    return ordered(steps, [_reach(build, objective) for objective in objectives], weights)


def ordered(steps: Sequence[int], reaches: Sequence[int], weights: Sequence[int]) -> bool:
    """Return whether weights order solutions as the tiers do, by steps and reaches of these."""
    reach = 0
    for step, own, weight in zip(reversed(steps), reversed(reaches), reversed(weights), strict=True):
        if weight * step <= reach:
            return False
        reach += weight * own
    return reach < WIDEST


def _reach(build: Build, objective: Objective) -> int:
    """Return what an objective's values can differ by."""
    request_of = np.full(len(build.model.proto.variables), -1, dtype=np.int64)
    numbers = np.array([variable.index for variable in build.plan_vars], dtype=np.int64)
    request_of[numbers] = np.where(build.plan.is_visit, build.plan.request, -1)
    factors: dict[int, int] = {}
    for factor, variable in objective:
        factors[variable] = factors.get(variable, 0) + factor
    highest = np.zeros(len(build.index.counts), dtype=np.int64)
    lowest = np.zeros(len(build.index.counts), dtype=np.int64)
    others = 0
    for variable, factor in factors.items():
        request = int(request_of[variable])
        if request >= 0:
            highest[request] = max(highest[request], factor)
            lowest[request] = min(lowest[request], factor)
        else:
            others += abs(factor) * top(build.model.get_int_var_from_proto_index(variable))
    return int((highest - lowest) @ build.index.counts) + others


def weighted(objectives: Sequence[Objective], weights: Sequence[int]) -> Objective:
    """Return the weighted sum of objectives."""
    return [(w * f, v) for w, objective in zip(weights, objectives, strict=True) for f, v in objective]
