"""Finds encoders by name; a module has any of the following.

``suits(index, setting)``
    By request and clinician: whether any placement could keep the rule. Saves rows when it is hard.
``amounts(index, setting, rows)``
    By row: the rule's amount when the row alone is looked at.
``daily(index, setting)``
    By request: the most sessions on one date that the rule allows when it is hard.
``propose(index, setting)``
    Blocks that the rule asks for.
``gains(index, setting)``
    By request and date: what the client's only session there spares of a soft rule's amount, for rules
    whose amount is the lower, the more is placed. What several sessions spare together is no more.
``asks(index, setting)``
    By request: whether the rule may ask for its sessions when it is hard.
``post(build, setting)``
    Constraints, and amounts of soft rules, that involve several rows.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from safeschedule.model import encoders


@cache
def all_encoders() -> Mapping[str, ModuleType]:
    """Return every encoder module by rule name."""
    names = sorted(module.name for module in pkgutil.iter_modules(encoders.__path__))
    return MappingProxyType({name: importlib.import_module(f"{encoders.__name__}.{name}") for name in names})
