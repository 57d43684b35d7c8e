"""Finds what tells notices, and checks: of the package by name, of one's own where the rule says."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType, ModuleType

from safeschedule.catalogue import CustomRule
from safeschedule.errors import Fault, InputError
from safeschedule.problem import Problem, Setting, warnings
from safeschedule.verifier import checks, notices
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.reach import WHOLE, Reach
from safeschedule.verifier.week import Week

Check = Callable[[Week, Setting], Iterable[Finding]]


@cache
def all_checks() -> Mapping[str, Check]:
    """Return every check of the package by the name of its rule, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return MappingProxyType({name: _module(name).check for name in names})


def all_notices() -> Iterator[Callable[[Week], Iterable[WeekNotice]]]:
    """Yield what tells the notices of each kind, in the order of the modules' names."""
    for name in sorted(module.name for module in pkgutil.iter_modules(notices.__path__)):
        yield importlib.import_module(f"{notices.__name__}.{name}").tell


def get_ready(problem: Problem) -> None:
    """Load every check and notice, and note the problem's warnings: what then comes is judged sooner.

    Whoever stops a search waits for its verdict.
    """
    all_checks()
    for _ in all_notices():
        pass
    warnings.find(problem)


def check_of(setting: Setting) -> Check:
    """Return the check of a rule.

    Raises
    ------
    InputError
        The rule is one's own, and its check cannot be loaded.
    """
    return all_checks()[setting.rule.id] if setting.custom is None else _own(setting.custom)[0]


def reach_of(setting: Setting) -> Reach:
    """Return how far the findings of a rule reach; the whole week unless its check states it."""
    if setting.custom is not None:
        return _own(setting.custom)[1]
    found: Reach = getattr(_module(setting.rule.id), "REACH", WHOLE)
    return found


@cache
def _module(rule: str) -> ModuleType:
    return importlib.import_module(f"{checks.__name__}.{rule}")


@cache
def _own(custom: CustomRule) -> tuple[Check, Reach]:
    given = custom.check
    if not isinstance(given, str):
        reach = getattr(given, "REACH", WHOLE)
        return given, reach if isinstance(reach, Reach) else WHOLE
    try:
        module = importlib.import_module(given)
        check: Check = module.check
    except Exception as error:
        # Somebody else's code: it is told whose, and what it breaks on.
        reason = f"a check that can be loaded; of {custom}: {type(error).__name__}: {error}"
        fault = Fault("unloadable_check", f"rulebook.rules.{custom.name}", custom.name, reason)
        raise InputError("rules", [fault]) from error
    return check, getattr(module, "REACH", WHOLE)
