"""What each rule says: statement, parameters, defaults, units, source. One file a rule, no logic.

Terms used in every statement
-----------------------------
Time is local wall-clock time; an activity holds the half-open interval from its start to its end.
A *session* is an appointment with one client or several; a *session of a group* names a group of the
problem, and serves what its clients have asked of that group. A *block* is protected time; a *meeting*
is fixed by others and stands in the problem. An *activity of a clinician* is a session the clinician takes, a
block the clinician attends or supervises, or a meeting that lists the clinician. A *half-day* is
the part of a date before or after midday (the rulebook's ``midday``, 12:30); an activity belongs to
the half-day in which it starts. A *day* or *date* of a clinician is the working day, as the rule
``rest`` says; one that goes on after midnight is halved twelve hours after midday. *Kind* and *intensity*
are those of the session's type.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from safeschedule.catalogue.custom import CustomRule
from safeschedule.catalogue.installed import Unloadable, installed_names, installed_rule
from safeschedule.catalogue.rule import Parameter, Rule, Value
from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

__all__ = [
    "CustomRule",
    "Parameter",
    "Rule",
    "Tier",
    "Trait",
    "Unloadable",
    "Value",
    "installed_names",
    "installed_rule",
    "installed_rules",
    "rules",
    "traits_of",
]

_NOT_RULES = {"custom", "installed", "rule", "tier", "trait"}


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule that comes with the package by name, sorted by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _NOT_RULES)
    found = {name: importlib.import_module(f"{__name__}.{name}").RULE for name in names}
    return MappingProxyType(found)


def traits_of(name: str) -> tuple[Trait, ...]:
    """Return what is known of a rule that comes with the package; nothing of any other."""
    return rules()[name].traits if name in rules() else ()


def installed_rules() -> tuple[dict[str, CustomRule], tuple[Unloadable, ...]]:
    """Return the rules of other packages by name, and those that cannot be used; each is loaded for it."""
    own: dict[str, CustomRule] = {}
    broken: list[Unloadable] = []
    for name in installed_names():
        found = installed_rule(name)
        if isinstance(found, CustomRule) and name in rules():
            broken.append(Unloadable(name, found.package, "safeschedule has a rule of this name"))
        elif isinstance(found, CustomRule):
            own[name] = found
        elif found is not None:
            broken.append(found)
    return own, tuple(broken)
