"""Verifying a schedule: consistency first, then the check of every rule that applies."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from safeschedule.problem import Problem, Setting
from safeschedule.schedule import Schedule
from safeschedule.verifier import checks
from safeschedule.verifier.consistency import inconsistencies
from safeschedule.verifier.finding import Finding, Verification
from safeschedule.verifier.report import order
from safeschedule.verifier.week import Week

Check = Callable[[Week, Setting], Iterator[Finding]]


@cache
def all_checks() -> Mapping[str, Check]:
    """Return every check by the name of its rule, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return MappingProxyType({n: importlib.import_module(f"{checks.__name__}.{n}").check for n in names})


def verify(problem: Problem, schedule: Schedule) -> Verification:
    """Check a schedule against every enabled rule of the problem's rulebook.

    The schedule may come from anywhere and may be broken in any way. What no rule can judge, such as
    unknown codes, becomes findings named ``consistency``; rules pass over it.

    Parameters
    ----------
    problem
        The week as it was to be planned.
    schedule
        The week as it is planned.

    Returns
    -------
    Verification
        All findings, and the amount of each enabled rule in the unit of its statement.
    """
    week = Week(problem, schedule)
    findings = list(inconsistencies(week))
    amounts, penalties = {}, {}
    for name, setting in week.settings.items():
        if not setting.enabled:
            continue
        found = list(all_checks()[name](week, setting))
        findings += found
        amounts[name] = sum(finding.amount for finding in found)
        if not setting.hard:
            penalties[name] = amounts[name] * setting.weight
    return Verification(tuple(sorted(findings, key=order)), amounts, penalties)
