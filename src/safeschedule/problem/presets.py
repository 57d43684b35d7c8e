"""Rulebooks to start from: a community team, a trauma service, a training clinic."""

from __future__ import annotations

from types import MappingProxyType

from safeschedule.problem.rulebook import Rulebook, RuleSetting

_COMMUNITY = Rulebook(name="community", version="1")

_TRAUMA = Rulebook(
    name="trauma",
    version="1",
    rules={
        "recovery_buffer": RuleSetting(parameters={"minutes": 30}),
        "daily_intensity": RuleSetting(parameters={"most": 3}),
        "session_limits": RuleSetting(parameters={"day": 5, "week": 20}),
        "caseload_cap": RuleSetting(parameters={"points": {"default": 50}}),
        "supervision": RuleSetting(parameters={"share": "0.3", "high_minutes": 60}),
        "late_intensity": RuleSetting(parameters={"last": 120}, weight=3),
        "intensity_pairing": RuleSetting(weight=5),
    },
)

_TRAINING = Rulebook(
    name="training",
    version="1",
    rules={
        "consultation": RuleSetting(parameters={"most": 4}),
        "supervision": RuleSetting(parameters={"new_minutes": 60, "high_minutes": 60}),
        "documentation": RuleSetting(parameters={"minutes": 45, "intake": 30}),
        "session_limits": RuleSetting(parameters={"day": 5, "week": 18}),
        "daily_intensity": RuleSetting(parameters={"most": 2}),
        "caseload_cap": RuleSetting(parameters={"points": {"default": 40}}),
    },
)

PRESETS = MappingProxyType({book.name: book for book in (_COMMUNITY, _TRAUMA, _TRAINING)})
"""Rulebooks by name. Their figures beyond the catalogue's are assumptions for the setting they name."""
