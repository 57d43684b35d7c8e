"""Verifying a schedule: consistency first, then the check of every rule that applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from safeschedule.arguments import Arguments
from safeschedule.catalogue import CustomRule, Tier
from safeschedule.ledger.overrides import OverrideInForce
from safeschedule.problem import Problem, Setting, problem_hash, require_sound, rulebook_hash, warnings
from safeschedule.schedule import Schedule, schedule_hash
from safeschedule.verifier.consistency import inconsistencies
from safeschedule.verifier.excusing import excuse
from safeschedule.verifier.finding import Finding, Unchecked, Verification
from safeschedule.verifier.notice import WeekNotice, notice_order
from safeschedule.verifier.registry import all_notices, check_of
from safeschedule.verifier.report import order
from safeschedule.verifier.week import Week

CONSISTENCY = "consistency"
"""Stands for what no rule can judge."""


def verify(
    problem: Problem,
    schedule: Schedule,
    *,
    rules: Iterable[CustomRule] = (),
    overrides: Sequence[OverrideInForce] = (),
) -> Verification:
    """Check a schedule against every enabled rule of the problem's rulebook.

    The problem is checked first: against a problem with faults nothing can be certified. The schedule may
    come from anywhere and may be broken in any way. What no rule can judge, such as unknown codes, becomes
    findings named ``consistency``; rules pass over it.

    Parameters
    ----------
    problem
        The week as it was to be planned.
    schedule
        The week as it is planned.
    rules
        Rules of one's own that it is checked against as well, as if the rulebook named them.
    overrides
        Overrides that are in force (see `safeschedule.overrides_in_force`). What they excuse is told apart.

    Returns
    -------
    Verification
        All findings, and the amount of each enabled rule in the unit of its statement; what breaks no rule
        and has to be known; with the hashes of what was checked, the rules that the rulebook switches off,
        and what is hardly meant in the problem.

    Raises
    ------
    ArgumentError
        These are no problem and no schedule.
    InputError
        The problem has faults; all of them are in the error.

    Examples
    --------
    >>> from safeschedule import Schedule, verify
    >>> from safeschedule.samples import sample
    >>> problem = sample()
    >>> empty = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
    >>> account = verify(problem, empty)
    >>> account.compliant
    False
    >>> sorted({finding.rule for finding in account.findings if finding.hard})[:2]
    ['consultation', 'coordination']
    """
    looked = Arguments("verify").problem(problem).kind("schedule", schedule, Schedule, "a Schedule")
    looked.kind("rules", rules, Iterable, "rules of one's own")
    looked.sequence("overrides", overrides, OverrideInForce, "overrides in force").done()
    held_to = problem.with_rules(rules)
    require_sound(held_to)
    week = Week(held_to, schedule)
    return stamped(week, excuse(week, _examined(week), overrides), problem)


def examine(problem: Problem, schedule: Schedule) -> Verification:
    """Return the findings of `verify`, for callers who know that the problem has no faults.

    Without the notices and the hashes.
    """
    return _examined(Week(problem, schedule))


def _examined(week: Week) -> Verification:
    findings = {name: judge(week, name) for name in judged(week)}
    return account(week, findings)


def notices_of(week: Week) -> tuple[WeekNotice, ...]:
    """Return what a reader has to know of a week beside the findings."""
    told = (notice for tell in all_notices() for notice in tell(week))
    return tuple(sorted(told, key=notice_order))


def stamped(week: Week, found: Verification, given: Problem) -> Verification:
    """Return an account with notices, what was checked, by which version, and what is hardly meant.

    The hashes are of the problem as it was given, without rules that were given beside it.
    """
    book = given.rulebook
    return replace(
        found,
        notices=notices_of(week),
        problem_hash=problem_hash(given),
        schedule_hash=schedule_hash(week.schedule),
        rulebook_hash=rulebook_hash(book),
        rulebook=f"{book.name} {book.version}",
        safeschedule=_version(),
        warnings=warnings.find(given),
    )


@cache
def _version() -> str:
    # Not of the installed distribution: the verifier alone is one of another name.
    from safeschedule import __version__

    return __version__


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
    return Verification(
        tuple(sorted(everything, key=order)),
        amounts,
        penalties,
        own_rules=tuple(str(s.custom) for s in week.settings.values() if s.custom is not None and s.enabled),
        off=tuple(name for name, setting in week.settings.items() if not setting.enabled),
        unchecked=tuple(unchecked(week.settings)),
    )


def unchecked(settings: Mapping[str, Setting]) -> Iterator[Unchecked]:
    """Yield the rules of the tiers physical and safety to which a schedule is not held.

    The catalogue's tier counts: a rulebook cannot move a rule out of sight.
    """
    for name, setting in settings.items():
        rule = setting.rule
        if rule.tier not in (Tier.PHYSICAL, Tier.SAFETY) or not rule.hard:
            continue
        if not setting.enabled:
            yield Unchecked(name, str(rule.tier), "off")
        elif not setting.hard:
            yield Unchecked(name, str(rule.tier), "soft")
