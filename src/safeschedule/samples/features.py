"""What a generated team may have besides, by name; nothing of it is drawn unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from safeschedule.samples.assumptions import Assumptions

_EVENING = 20 * 60

FEATURES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "late_shifts": {"late_shifts": 0.35, "evening": _EVENING},
        "nights": {"nights": 0.15, "evening": _EVENING},
        "telehealth_days": {"telehealth_days": 0.4},
        "joint_sessions": {"couples": 0.3, "families": 0.15, "co_therapy": 0.2},
        "fortnights": {"fortnights": 0.3},
        "closures": {"closures": 1},
        "courses": {"courses": 0.6},
    }
)
"""The figures that each one changes; all are assumptions."""

ALL = "all"


def with_features(given: Assumptions, names: Iterable[str]) -> Assumptions:
    """Return the figures with those of the features.

    Raises
    ------
    ValueError
        There is no feature of a name.
    """
    for name in names:
        if name not in FEATURES:
            raise ValueError(f"features must be of {', '.join(FEATURES)}, not {name!r}")
        changed = {
            key: max(getattr(given, key), value) if key == "evening" else value
            for key, value in FEATURES[name].items()
        }
        given = replace(given, **changed)
    return given
