"""Rulebooks whose limits are small enough to bind in a small week."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from hypothesis import strategies as st

from safeschedule.problem import Rulebook
from safeschedule.testing.strategies.drawing import chance, one_of

_SMALL: dict[str, dict[str, tuple[Any, ...]]] = {
    "access": {
        "priority": (100, 1, 0),
        "band": (40, 0, 3),
        "waiting": (10, 0),
        "waiting_weeks": (12, 1, 0),
        "overdue": (20, 0),
        "overdue_weeks": (6, 1, 0),
    },
    "before_leave": {
        "days": (2, 0, 1, 3),
        "length": (3, 1, 2, 5),
        "exempt": (("crisis",), (), ("crisis", "therapy")),
    },
    "breaks": {
        "meal": (30, 20, 45),
        "from": ("11:30", "10:00", "12:00"),
        "to": ("14:00", "13:00", "15:15"),
        "longest": (180, 60, 90, 45),
        "pause": (15, 30, 1, 45),
    },
    "case_review": {
        "minutes": (60, 30, 15, 45),
        "quorum": ("0.8", "0.5", "1", "0"),
        "share": ("0.4", "0", "0.75", "1"),
    },
    "caseload_cap": {
        "points": ({"default": "60"}, {"default": "3.5", "nurse": 2}, {"default": 1}),
        "coordination": ("1", "0.5", 0),
        "safety_planning": ("1", "0.25", 2),
    },
    "client_spacing": {"day": (1, 2), "days": (1, 0, 2), "exempt": (("crisis",), (), ("crisis", "therapy"))},
    "consultation": {"minutes": (60, 30, 15, 45), "most": (6, 1, 2)},
    "contact_expectations": {"review": (5, 0, 1)},
    "coordination": {"heavy": (3, 1, 2), "minutes": (30, 15, 40), "per_client": (10, 0, 30)},
    "cover": {"minutes": (30, 15, 45)},
    "crisis_reset": {"minutes": (15, 30, 10)},
    "daily_intensity": {"most": (4, 0, 1, 2)},
    "debrief": {
        "minutes": (45, 30, 15),
        "days": (2, 1, 3),
        "follow_minutes": (30, 15, 45),
        "follow_from": (5, 1, 2),
        "follow_to": (10, 5, 6),
    },
    "documentation": {
        "minutes": (30, 15, 20),
        "intake": (15, 0),
        "crisis": (15, 0, 20),
        "court": (30, 0, 10),
    },
    "fair_load": {"minutes_per_point": (10, 0, 1)},
    "group_size": {"high": (2, 1, 3)},
    "group_support": {"before": (15, 30, 0), "after": (30, 15, 0, 45), "within": (30, 0, 15, 60)},
    "high_acuity_cap": {"clients": ({"default": 12}, {"default": 1}, {"default": 0, "nurse": 2})},
    "high_intensity_run": {"most": (2, 1), "gap": (30, 15, 1, 60)},
    "intake_spacing": {"gap": (30, 15, 60)},
    "intensity_pairing": {"gap": (30, 15, 60)},
    "late_intensity": {"last": (90, 0, 60, 150), "unit": (15, 10, 60)},
    "recovery_buffer": {"minutes": (15, 0, 10, 30)},
    "response_reserve": {"per_client": (10, 30, 0, 45), "piece": (15, 30, 1, 45)},
    "return_days": {"share": ("0.6", "0.25", "0", "1"), "length": (3, 1, 2, 5)},
    "rolling_exposure": {"minutes": (900, 60, 0, 120, 240)},
    "session_limits": {"day": (6, 1, 2, 3), "week": (25, 1, 2, 4), "group": (2, 1, 3)},
    "stability": {"time": (1, 0, 3), "day": (2, 0, 5)},
    "supervision": {
        "new_minutes": (60, 30, 15),
        "high_minutes": (30, 15, 45),
        "share": ("0.4", "0", "0.75", "1"),
    },
    "urgent_slots": {"clinicians": (8, 1, 2), "minutes": (45, 30, 15)},
}
"""Values of each parameter; the first is the catalogue's, to which examples shrink."""

_MIDDAYS = ("12:30", "11:00", "12:00", "13:15")


@st.composite
def rulebooks(draw: st.DrawFn, rules: Collection[str] | None = None) -> Rulebook:
    """Draw a rulebook in which all rules apply as in the catalogue, with other parameters.

    Parameters
    ----------
    rules
        Rules whose parameters vary; ``None``: all that have any.
    """
    names = [name for name in _SMALL if rules is None or name in rules]
    settings = {}
    for name in names:
        if chance(draw, 50):
            parameters = {key: one_of(draw, *values) for key, values in _SMALL[name].items()}
            settings[name] = {"parameters": parameters}
    midday = one_of(draw, *_MIDDAYS)
    return Rulebook.model_validate({"name": "drawn", "midday": midday, "rules": settings})
