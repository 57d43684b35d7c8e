"""How a check says what it found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from safeschedule.catalogue import Tier
from safeschedule.problem import Setting
from safeschedule.verifier.finding import Finding


def report(
    setting: Setting,
    who: Iterable[str],
    when: datetime | None,
    measured: str,
    limit: str,
    sentence: str,
    amount: int = 1,
) -> Finding:
    """Return a finding with the rule's name, and with tier and hardness as the rulebook has them."""
    return Finding(
        rule=setting.rule.id,
        who=tuple(who),
        when=when,
        measured=measured,
        limit=limit,
        sentence=sentence,
        amount=amount,
        tier=setting.tier.value,
        hard=setting.hard,
    )


_TIERS = {tier.value: number for number, tier in enumerate(Tier)}


def order(finding: Finding) -> tuple[object, ...]:
    """Return the sort key: hard before soft, then tiers, rules, time, people."""
    return (
        not finding.hard,
        _TIERS[finding.tier],
        finding.rule,
        finding.when or datetime.min,
        finding.who,
        finding.sentence,
        finding.amount,
    )
