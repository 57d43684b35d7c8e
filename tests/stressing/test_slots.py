"""Urgent slots are held for somebody: whoever comes finds a place in each of them, in person."""

from __future__ import annotations

from itertools import pairwise

import pytest

from safeschedule import BlockKind, Verdict, solve, stress
from safeschedule.samples import generate

QUICK = [(4, 3)]
SIZES = (*(4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 12), *range(13, 19), *range(20, 31, 2))
LONG = [
    pytest.param(clinicians, 1 + (clinicians == before), marks=[pytest.mark.slow, pytest.mark.long])
    for before, clinicians in pairwise((0, *SIZES))
]


@pytest.mark.parametrize(("clinicians", "seed"), [*QUICK, *LONG])
def test_every_slot_of_a_solved_week_takes_a_crisis_session(clinicians: int, seed: int) -> None:
    """A slot would stand in the rota that no urgent case could use, for want of paper, time or a room."""
    problem = generate(clinicians=clinicians, seed=seed)
    week = solve(problem, deterministic_limit=1.0, workers=1, seed=1).schedule
    assert week is not None
    new = {person.id for person in problem.clinicians if person.new_in_post}
    slots = [block for block in week.blocks if block.kind is BlockKind.URGENT_SLOT]
    assert slots
    assert not new & {code for block in slots for code in block.clinicians}
    found = stress(problem, week, per_slot=True, time_limit=None)
    assert found.verdict == Verdict.PROVED, str(found)
    assert sum(half.places is not None for half in found.half_days) == len(found.half_days)
