"""The tiers by which a week is judged, in their order."""

from __future__ import annotations

from collections.abc import Mapping

from safeschedule.catalogue import Tier
from safeschedule.problem import Setting


def soft_tiers(settings: Mapping[str, Setting]) -> list[Tier]:
    """Return the tiers that have a soft rule with a weight, strongest first."""
    used = {setting.tier for setting in settings.values() if not setting.hard and setting.weight}
    return [tier for tier in Tier if tier in used]


def ranked_tiers(settings: Mapping[str, Setting]) -> list[Tier]:
    """Return the tiers that a search goes by: those with soft rules, or one that is always 0."""
    return soft_tiers(settings) or [Tier.SERVICE]
