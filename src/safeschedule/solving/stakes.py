"""What placed sessions can earn: the part of the objective that the verifier's penalties do not tell."""

from __future__ import annotations

from safeschedule.model.encoders.access import value_of
from safeschedule.model.index import Index


def stakes(index: Index) -> dict[str, int]:
    """Return, by soft rule, the value of all sessions that are asked for; rules without any are left out.

    The objective leaves constants out: a rule's part is its stake less its penalty, so that placed
    sessions earn their value. As penalties are never negative, the stakes also bound the objective.
    """
    setting = index.settings.get("access")
    if setting is None or setting.hard:
        return {}
    values = [r.count * value_of(index, setting, number) for number, r in enumerate(index.requests)]
    return {"access": setting.weight * sum(values)}
