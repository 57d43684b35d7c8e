"""The soft rules of a build by tier, as expressions to maximise."""

from __future__ import annotations

from collections.abc import Mapping

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.problem import Setting

Objective = list[tuple[int, int]]
"""Pairs of factor and variable number; constant terms are left out."""


def soft_tiers(settings: Mapping[str, Setting]) -> list[Tier]:
    """Return the tiers that have a soft rule with a weight, strongest first."""
    used = {setting.tier for setting in settings.values() if not setting.hard and setting.weight}
    return [tier for tier in Tier if tier in used]


def rule_objective(build: Build, name: str) -> Objective:
    """Return the weighted, negated amount of one rule."""
    weight = build.index.settings[name].weight
    return [(-weight * factor, variable.index) for factor, variable in build.amounts.get(name, [])]


def tier_objective(build: Build, tier: Tier) -> Objective:
    """Return the objective of one tier."""
    names = [n for n, s in build.index.settings.items() if s.tier is tier and not s.hard]
    return [term for name in names for term in rule_objective(build, name)]
