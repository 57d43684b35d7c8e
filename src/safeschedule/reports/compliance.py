"""Each rule of the rulebook with what the verifier says of it."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.catalogue import Tier
from safeschedule.problem import Problem
from safeschedule.reports.words import spaced
from safeschedule.verifier.finding import Finding, Verification


@dataclass(frozen=True)
class RuleLine:
    """One rule's line of the report.

    Parameters
    ----------
    name, title, tier, hard
        As in the rulebook.
    state
        ``kept``, ``broken`` (a hard rule with findings), ``excused`` (one all of whose findings are) or
        ``cost`` (a soft one with an amount).
    amount, unit, penalty
        How much, in which unit, and what it costs when the rule is soft.
    findings
        The verifier's findings.
    """

    name: str
    title: str
    tier: str
    hard: bool
    state: str
    amount: int
    unit: str
    penalty: int
    findings: tuple[Finding, ...]


def rule_lines(problem: Problem, verification: Verification) -> list[RuleLine]:
    """Return a line for each enabled rule and for whatever else was found, strongest tier first."""
    settings = problem.rulebook.settings()
    by_rule = verification.by_rule()
    excused = {each.finding.rule for each in verification.excused}
    lines = []
    for name in dict.fromkeys([*settings, *by_rule]):
        findings = by_rule.get(name, ())
        setting = settings.get(name)
        hard = setting.hard if setting else any(finding.hard for finding in findings)
        amount = verification.amounts.get(name, sum(finding.amount for finding in findings))
        broken = any(finding.hard for finding in findings)
        lines.append(
            RuleLine(
                name=name,
                title=setting.rule.title if setting else spaced(name),
                tier=str(setting.tier) if setting else next((f.tier for f in findings), ""),
                hard=hard,
                state=_state(broken, name in excused, amount),
                amount=amount,
                unit=setting.rule.amount if setting else "",
                penalty=verification.penalties.get(name, 0),
                findings=findings,
            )
        )
    tiers = [str(tier) for tier in Tier]
    return sorted(
        lines, key=lambda line: (tiers.index(line.tier) if line.tier in tiers else -1, not line.hard)
    )


def _state(broken: bool, excused: bool, amount: int) -> str:
    if broken or excused:
        return "broken" if broken else "excused"
    return "cost" if amount else "kept"
