"""Verifying a schedule: consistency first, then the check of every rule that applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from safeschedule.catalogue import CustomRule
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier.consistency import inconsistencies
from safeschedule.verifier.finding import Finding, Verification
from safeschedule.verifier.registry import check_of
from safeschedule.verifier.report import order
from safeschedule.verifier.week import Week

CONSISTENCY = "consistency"
"""Stands for what no rule can judge."""


def verify(problem: Problem, schedule: Schedule, *, rules: Iterable[CustomRule] = ()) -> Verification:
    """Check a schedule against every enabled rule of the problem's rulebook.

    The schedule may come from anywhere and may be broken in any way. What no rule can judge, such as
    unknown codes, becomes findings named ``consistency``; rules pass over it.

    Parameters
    ----------
    problem
        The week as it was to be planned.
    schedule
        The week as it is planned.
    rules
        Rules of one's own that it is checked against as well, as if the rulebook named them.

    Returns
    -------
    Verification
        All findings, and the amount of each enabled rule in the unit of its statement.
    """
    week = Week(problem.with_rules(rules), schedule)
    findings = {name: judge(week, name) for name in judged(week)}
    return account(week, findings)


def judged(week: Week) -> list[str]:
    """Return what a week is judged by: consistency, then each enabled rule."""
    return [CONSISTENCY, *(name for name, setting in week.settings.items() if setting.enabled)]


def judge(week: Week, name: str) -> list[Finding]:
    """Return what a rule, or consistency, finds in a week."""
    if name == CONSISTENCY:
        return list(inconsistencies(week))
    return list(check_of(week.settings[name])(week, week.settings[name]))


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
    own = tuple(str(s.custom) for s in week.settings.values() if s.custom is not None and s.enabled)
    return Verification(tuple(sorted(everything, key=order)), amounts, penalties, own_rules=own)
