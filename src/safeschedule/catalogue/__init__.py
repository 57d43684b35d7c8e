"""What each rule says: statement, parameters, defaults, units, source. One file a rule, no logic.

Terms used in every statement
-----------------------------
Time is local wall-clock time; an activity holds the half-open interval from its start to its end.
A *session* is an appointment with one client or several; a *session of a group* names a group of the
problem, and serves what its clients have asked of that group. A *block* is protected time; a *meeting*
is fixed by others and stands in the problem. An *activity of a clinician* is a session the clinician takes, a
block the clinician attends or supervises, or a meeting that lists the clinician. A *half-day* is
the part of a date before or after midday (the rulebook's ``midday``, 12:30); an activity belongs to
the half-day in which it starts. *Kind* and *intensity* are those of the session's type.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from safeschedule.catalogue.rule import Parameter, Rule, Value
from safeschedule.catalogue.tier import Tier

__all__ = ["Parameter", "Rule", "Tier", "Value", "rules"]

_NOT_RULES = {"rule", "tier"}


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule of the catalogue by name, sorted by name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.name not in _NOT_RULES)
    found = {name: importlib.import_module(f"{__name__}.{name}").RULE for name in names}
    return MappingProxyType(found)
