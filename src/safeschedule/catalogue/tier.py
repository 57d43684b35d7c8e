"""The tiers in which rules stand, strongest first."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """How strong a rule is; a weaker tier never buys against a stronger one."""

    PHYSICAL = "physical"
    SAFETY = "safety"
    CONTRACT = "contract"
    URGENT = "urgent"
    SERVICE = "service"
    FAIRNESS = "fairness"
    PREFERENCE = "preference"
