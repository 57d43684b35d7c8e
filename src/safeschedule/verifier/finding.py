"""What the verifier reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One way in which a schedule does not keep a rule (or what a soft rule costs).

    Parameters
    ----------
    rule
        The rule's name, or ``consistency`` for what no rule can judge.
    who
        Codes of the clinicians, clients, rooms or requests concerned.
    when
        Local time at which it begins; ``None`` when it concerns the whole week.
    measured, limit
        What was found and what is allowed, in the rule's own unit.
    sentence
        The finding in one plain sentence.
    amount
        How much, in the rule's unit of violation; amounts of one rule add up.
    tier, hard
        As the rulebook has them.
    """

    rule: str
    who: tuple[str, ...]
    when: datetime | None
    measured: str
    limit: str
    sentence: str
    amount: int = 1
    tier: str = "physical"
    hard: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        return {
            "rule": self.rule,
            "tier": self.tier,
            "hard": self.hard,
            "who": list(self.who),
            "when": None if self.when is None else self.when.isoformat(timespec="minutes"),
            "measured": self.measured,
            "limit": self.limit,
            "amount": self.amount,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Verification:
    """The verifier's account of one schedule.

    Parameters
    ----------
    findings
        All findings, hard ones first, in the order of tiers, rules and time.
    amounts
        The amount of each enabled rule, zero included, in the rule's unit.
    penalties
        The amount times the weight of each enabled soft rule.
    own_rules
        The rules that it was checked against and that do not come with the package, each with the
        distribution (and its version) from which it comes.
    """

    findings: tuple[Finding, ...]
    amounts: dict[str, int]
    penalties: dict[str, int]
    own_rules: tuple[str, ...] = ()

    @property
    def compliant(self) -> bool:
        """Whether every hard rule is kept."""
        return not any(finding.hard for finding in self.findings)

    def by_rule(self) -> dict[str, tuple[Finding, ...]]:
        """Return the findings of each enabled rule, empty ones included."""
        names = dict.fromkeys([*self.amounts, *(finding.rule for finding in self.findings)])
        return {name: tuple(f for f in self.findings if f.rule == name) for name in names}

    def as_dict(self) -> dict[str, Any]:
        """Return the account as plain data."""
        return {
            "compliant": self.compliant,
            "findings": [finding.as_dict() for finding in self.findings],
            "amounts": dict(self.amounts),
            "penalties": dict(self.penalties),
            "own_rules": list(self.own_rules),
        }

    def __str__(self) -> str:
        hard = [finding for finding in self.findings if finding.hard]
        head = "compliant" if self.compliant else f"not compliant: {len(hard)} findings"
        return "\n".join([head, *(f"  [{finding.rule}] {finding.sentence}" for finding in hard)])
