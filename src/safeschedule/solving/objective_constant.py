"""What placed sessions can earn: the part of the objective that the verifier's penalties do not tell."""

from __future__ import annotations

from safeschedule.model.index import Index
from safeschedule.model.session_value import earned


def stakes(index: Index) -> dict[str, int]:
    """Return, by soft rule, the value of all sessions that are asked for; rules without any are left out.

    The objective leaves constants out: a rule's part is its stake less its penalty, so that placed
    sessions earn their value. As penalties are never negative, the stakes also bound the objective.
    """
    counts = index.counts[: len(index.requests)]
    return {setting.rule.id: int(counts @ values) for setting, values in earned(index)}
