"""The registry of changes. A change is one module here and one line below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from safeschedule.scenarios.change import ScenarioChange

__all__ = ["changes"]

# One line a change, in the order of the reference. A module says in `CHANGE` what it is.
_MODULES = (
    "remove",
    "add",
    "fte",
    "hours",
    "caps",
    "points",
    "rules_off",
    "rules_hard",
    "rules_soft",
    "parameters",
    "preset",
    "referrals",
    "demand",
    "mix",
    "attendance",
    "rooms",
    "sites",
    "telehealth",
    "groups",
    "group_instead",
)


@cache
def changes() -> Mapping[str, type[ScenarioChange]]:
    """Return every change, by the word for it."""
    found: dict[str, type[ScenarioChange]] = {}
    for name in _MODULES:
        kind = import_module(f"{__name__}.{name}").CHANGE
        assert issubclass(kind, ScenarioChange)
        found[kind.name] = kind
    return MappingProxyType(found)
