"""Verifying a schedule: consistency first, then the check of every rule that applies."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from safeschedule.problem import Problem, Setting
from safeschedule.schedule import Schedule
from safeschedule.verifier import checks
from safeschedule.verifier.consistency import inconsistencies
from safeschedule.verifier.finding import Finding, Verification
from safeschedule.verifier.reach import NEAR, WHOLE, Reach
from safeschedule.verifier.report import order
from safeschedule.verifier.week import Week

CONSISTENCY = "consistency"
"""Stands for what no rule can judge."""

Check = Callable[[Week, Setting], Iterator[Finding]]


@cache
def all_checks() -> Mapping[str, Check]:
    """Return every check by the name of its rule, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return MappingProxyType({n: importlib.import_module(f"{checks.__name__}.{n}").check for n in names})


@cache
def reach_of(rule: str) -> Reach:
    """Return how far the findings of a rule (or of consistency) reach; the whole week unless stated."""
    if rule == CONSISTENCY:
        return NEAR
    found: Reach = getattr(importlib.import_module(f"{checks.__name__}.{rule}"), "REACH", WHOLE)
    return found


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
    findings = {name: judge(week, name) for name in judged(week)}
    return account(week, findings)


def judged(week: Week) -> list[str]:
    """Return what a week is judged by: consistency, then each enabled rule."""
    return [CONSISTENCY, *(name for name, setting in week.settings.items() if setting.enabled)]


def judge(week: Week, name: str) -> list[Finding]:
    """Return what a rule, or consistency, finds in a week."""
    if name == CONSISTENCY:
        return list(inconsistencies(week))
    return list(all_checks()[name](week, week.settings[name]))


def account(week: Week, findings: Mapping[str, Sequence[Finding]]) -> Verification:
    """Return the account of a week of which each rule has found so much."""
    amounts, penalties = {}, {}
    for name, found in findings.items():
        if name == CONSISTENCY:
            continue
        setting = week.settings[name]
        amounts[name] = sum(finding.amount for finding in found)
        if not setting.hard:
            penalties[name] = amounts[name] * setting.weight
    everything = (finding for found in findings.values() for finding in found)
    return Verification(tuple(sorted(everything, key=order)), amounts, penalties)
