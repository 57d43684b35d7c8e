"""Rules as they apply, with parameters that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from safeschedule.catalogue import Parameter
from safeschedule.problem import Rulebook, Setting


def readable(setting: Setting) -> tuple[Setting, tuple[str, ...]]:
    """Return the setting with defaults in place of values that make no sense, and the names of those."""
    faulty = tuple(p.name for p in setting.rule.parameters if not _fits(setting, p))
    if not faulty:
        return setting, ()
    defaults = {p.name: p.default for p in setting.rule.parameters if p.name in faulty}
    return replace(setting, values={**setting.values, **defaults}), faulty


def resolved(rulebook: Rulebook, names: tuple[str, ...]) -> tuple[dict[str, Setting], list[tuple[str, str]]]:
    """Return the settings of these rules, and which parameters of which rule make no sense."""
    settings, faults = {}, []
    for name in names:
        settings[name], faulty = readable(rulebook.setting(name))
        faults += [(name, parameter) for parameter in faulty]
    return settings, faults


def _fits(setting: Setting, parameter: Parameter) -> bool:
    try:
        return _within(setting, parameter)
    except (TypeError, ValueError, KeyError, AttributeError, InvalidOperation):
        return False


def _within(setting: Setting, parameter: Parameter) -> bool:
    name, default, value = parameter.name, parameter.default, setting.values[parameter.name]
    if parameter.unit == "clock":
        return setting.clock(name) >= 0
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, tuple):
        return all(isinstance(word, str) for word in setting.names(name))
    if isinstance(default, Mapping):
        return isinstance(value, Mapping) and all(
            _bounded(setting.by_role(name, role), parameter) for role in (*value, "default")
        )
    if isinstance(default, str):
        return _bounded(setting.exact(name), parameter)
    return _bounded(Decimal(setting.whole(name)), parameter)


def _bounded(value: Decimal, parameter: Parameter) -> bool:
    return value.is_finite() and parameter.least <= value <= parameter.largest
