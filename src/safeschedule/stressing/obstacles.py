"""What stands in the way of a case that finds no place, asked of single clinicians."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.problem import BlockKind
from safeschedule.solving.budget import Budget
from safeschedule.stressing.diaries import Diaries
from safeschedule.stressing.urgent import Arrival
from safeschedule.stressing.worst import Obstacle

_MOST = 3


def obstacles(
    diaries: Diaries, arrival: Arrival, people: Sequence[int], budget: Budget
) -> tuple[Obstacle, ...]:
    """Return what stands in the way of some clinicians, those with an urgent slot in the half-day first.

    No rule is relaxed by asking.
    """
    slots, held = _slots(diaries, arrival), _held(diaries, arrival)
    able = [c for c in people if (diaries.cases(arrival, 1) & (diaries.rows.clinician == c)).any()]
    found = []
    for clinician in sorted(able, key=lambda c: (c not in slots, held[c], c))[:_MOST]:
        if budget.over:
            break
        found.append(_obstacle(diaries, arrival, clinician, clinician in slots, budget))
    return tuple(found)


def _obstacle(diaries: Diaries, arrival: Arrival, clinician: int, slot: bool, budget: Budget) -> Obstacle:
    code = diaries.index.clinicians[clinician].id
    settings = diaries.index.settings
    asked = [n for n, s in settings.items() if s.hard and s.tier is not Tier.PHYSICAL]
    dropped = frozenset(asked)

    def fits(without: frozenset[str]) -> bool:
        return diaries.alone(arrival, clinician, 1, budget, without=without).least > 0

    if not fits(dropped):
        return Obstacle(code, slot, ())
    for name in asked:
        if fits(dropped - {name}):
            dropped -= {name}
    return Obstacle(code, slot, tuple(sorted(dropped)))


def _slots(diaries: Diaries, arrival: Arrival) -> set[int]:
    rows = diaries.rows
    mine = diaries.chosen & rows.of_block(BlockKind.URGENT_SLOT)
    mine &= (rows.start >= arrival.begin) & (rows.start < arrival.until)
    return set(rows.clinician[mine].tolist())


def _held(diaries: Diaries, arrival: Arrival) -> dict[int, int]:
    """Return by clinician the minutes that sessions and blocks hold in the half-day."""
    rows, numbers = diaries.rows, len(diaries.index.clinicians)
    there = diaries.chosen & (rows.start >= arrival.begin) & (rows.start < arrival.until)
    held = np.bincount(rows.clinician[there], weights=rows.minutes[there], minlength=numbers)
    return dict(enumerate(held.astype(np.int64).tolist()))
