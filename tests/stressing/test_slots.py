"""Urgent slots are held for somebody: whoever comes finds a place in each of them, in person."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from benchmarks.lead import figures
from safeschedule import BlockKind, Problem, Schedule, Verdict, solve, stress
from safeschedule.samples import generate

QUICK = [(4, 3)]
SIZES = (*(4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 12), *range(13, 19), *range(20, 31, 2))
LONG = [
    pytest.param(clinicians, 1 + (clinicians == before), marks=[pytest.mark.slow, pytest.mark.long])
    for before, clinicians in pairwise((0, *SIZES))
]


@cache
def solved(clinicians: int, seed: int) -> tuple[Problem, Schedule]:
    """Give a generated team's week, and its schedule in a hurry."""
    problem = generate(clinicians=clinicians, seed=seed)
    week = solve(problem, deterministic_limit=1.0, workers=1, seed=1).schedule
    assert week is not None
    return problem, week


@pytest.mark.parametrize(("clinicians", "seed"), [*QUICK, *LONG])
@pytest.mark.slow
def test_every_slot_of_a_solved_week_takes_a_crisis_session(clinicians: int, seed: int) -> None:
    """A slot would stand in the rota that no urgent case could use, for want of paper, time or a room."""
    problem, week = solved(clinicians, seed)
    new = {person.id for person in problem.clinicians if person.new_in_post}
    slots = [block for block in week.blocks if block.kind is BlockKind.URGENT_SLOT]
    assert slots
    assert not new & {code for block in slots for code in block.clinicians}
    found = stress(problem, week, per_slot=True, time_limit=None)
    assert found.verdict == Verdict.PROVED, str(found)
    assert sum(half.places is not None for half in found.half_days) == len(found.half_days)


@pytest.mark.parametrize(("clinicians", "seed"), [*QUICK, *LONG])
def test_a_solved_week_is_one_that_a_lead_would_accept(clinicians: int, seed: int) -> None:
    """Notes would be written before the work, somebody would go without a pause, or a slot without a room."""
    problem, week = solved(clinicians, seed)
    seen = figures(problem, week)
    nothing = (
        "documentation_before_work",
        "sessions_without_documentation_after",
        "urgent_slots_without_room",
    )
    assert {name: seen[name] for name in nothing} == dict.fromkeys(nothing, 0)
    assert seen["longest_without_pause"] <= 240
    assert seen["longest_without_meal"] <= 300
