"""What a clash is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeschedule.catalogue import Tier
from safeschedule.problem import Setting

Key = tuple[str | int, ...]


NEVER = frozenset({Tier.PHYSICAL, Tier.SAFETY})
"""Tiers that never give way in a repair."""


def gives_way(setting: Setting) -> Tier | None:
    """Return the tier in which a rule, or a fact that rests on it, gives way; ``None``: never.

    A rulebook may call a safety rule anything; the catalogue knows better, and the stronger of both counts.
    """
    tiers = {setting.tier, setting.rule.tier}
    return None if tiers & NEVER else min(tiers, key=list(Tier).index)


@dataclass(frozen=True)
class Condition:
    """One thing that holds in a week: what a rule asks for, or a fact of the problem.

    Parameters
    ----------
    kind
        ``rule``, or the kind of the fact: ``hours``, ``leave``, ``meeting`` and the like.
    key
        Which one: of a rule its name and, when it is what the rule asks of one clinician, the code.
    who
        Codes of the clinicians, clients or rooms concerned.
    sentence
        What holds, in one plain sentence.
    tier
        The tier in which it may give way in a repair; ``None``: never (safety rules, and what nobody can
        change).
    """

    kind: str
    key: Key
    who: tuple[str, ...] = field(default=(), compare=False)
    sentence: str = field(default="", compare=False)
    tier: Tier | None = field(default=None, compare=False)

    @property
    def unasked(self) -> tuple[str, Key]:
        """Kind and key; of a rule without whom it asks."""
        return self.kind, self.key[:1] if self.kind == "rule" else self.key


Core = tuple[Condition, ...]
"""Conditions that cannot all hold, none of which can be spared."""
