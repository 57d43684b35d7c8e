"""The tiers by which a week is judged, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from safeschedule.catalogue import Tier
from safeschedule.problem import Setting

URGENT_WORTH = 5
"""How often what an urgent session is worth counts in a plan, besides its value among all."""

Level = tuple[tuple[Tier, int], ...]
"""Tiers that are one objective of the plan, each with what a unit of it counts."""


def soft_tiers(settings: Mapping[str, Setting]) -> list[Tier]:
    """Return the tiers that have a soft rule with a weight, strongest first."""
    used = {setting.tier for setting in settings.values() if not setting.hard and setting.weight}
    return [tier for tier in Tier if tier in used]


def ranked_tiers(settings: Mapping[str, Setting]) -> list[Tier]:
    """Return the tiers that a search goes by: those with soft rules, or one that is always 0."""
    return soft_tiers(settings) or [Tier.SERVICE]


def pursued_first(tiers: Sequence[Tier]) -> list[Tier]:
    """Return the tiers that a search goes by at first: all but fairness, if there are others.

    What is spread more evenly takes time from what is placed at all.
    """
    return [tier for tier in tiers if tier is not Tier.FAIRNESS] or list(tiers)


def levels_of(tiers: Sequence[Tier]) -> list[Level]:
    """Return the objectives of a plan, strongest first: the tiers, but urgent work is a part of service.

    Fairness is none of them (see `pursued_first`). A plan is a relaxation, and only nearly orders what it
    plans: an urgent session counts so much in it that it is hardly ever left out, and exact times order the
    tiers strictly. As an objective of its own the urgent tier would be the one that bounds, cuts and plans
    made again go by, though it is nearly always at its best.
    """
    levels: list[Level] = []
    for tier in pursued_first(tiers):
        if tier is Tier.URGENT and Tier.SERVICE in tiers:
            continue
        urgent = tier is Tier.SERVICE and Tier.URGENT in tiers
        levels.append(((Tier.URGENT, URGENT_WORTH), (tier, 1)) if urgent else ((tier, 1),))
    return levels
