"""Finds encoders by name; a module has any of `suits`, `amounts`, `daily`, `propose` and `post`.

``suits(index, setting)``
    By request and clinician: whether any placement could keep the rule. Saves rows when it is hard.
``amounts(index, setting, rows)``
    By row: the rule's amount when the row alone is looked at.
``daily(index, setting)``
    By request: the most sessions on one date that the rule allows when it is hard.
``propose(index, setting)``
    Blocks that the rule asks for.
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
