"""The score of a week against the verifier's account of the same week."""

from __future__ import annotations

import random
from typing import Any

import pytest

pytest.importorskip("safeschedule_timefold", reason="safeschedule-timefold is not installed")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safeschedule_timefold.phases import configuration, levels_of
from safeschedule_timefold.sessions import UnkeptPinError
from safeschedule_timefold.week import ImpossibleWeekError, Week

from safeschedule import verify
from safeschedule.catalogue import Tier
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.samples import generate
from safeschedule.solving.objective_constant import stakes
from safeschedule.testing.strategies import sound_problems

_FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def _at_random(week: Week, draw: random.Random) -> list[int]:
    share = draw.random()
    return [
        task.choices[0] if task.pinned else draw.choice(task.choices) if draw.random() < share else -1
        for task in week.tasks
    ]


def _searched(java: Any, week: Week, seed: int) -> list[int]:
    given = week.to_java(java)
    for phase, moves in (("sessions", -1), ("improve", 2000)):
        run = java.Run(given, configuration(phase), seed, moves, False)
        run.run()
        assert run.failure() is None
        given = run.found() or given
    return list(given.chosen())


def _require_agreement(java: Any, week: Week, chosen: list[int]) -> None:
    problem, index = week.index.problem, week.index
    made = week.to_java(java)
    made.choose(chosen)
    hard, *soft = levels_of(java.WeekScore.of(made))
    account = verify(problem, extract(index, week.rows(chosen)))
    assert (hard == 0) == account.compliant, str(account)
    if hard:
        return
    for tier, level in zip(Tier, soft, strict=True):
        names = [n for n, s in index.settings.items() if s.tier is tier and not s.hard]
        assert level == _at_stake(index, names) - sum(account.penalties[name] for name in names)


def _at_stake(index: Index, names: list[str]) -> int:
    """Return by how much the objective of a tier exceeds its negated penalties: the worth of all."""
    known = stakes(index)
    return sum(known.get(name, 0) for name in names)


@_FEW
@given(sound_problems(), st.integers(0, 10**6), st.booleans())
def test_score_is_the_verifiers_account(java: Any, problem: Problem, seed: int, search: bool) -> None:
    """If it fails, the engine plans by other rules than those that are verified."""
    try:
        week = Week(Index(problem))
    except (ImpossibleWeekError, UnkeptPinError):
        return
    if not week.tasks:
        return
    draw = random.Random(seed)
    chosen = _searched(java, week, seed) if search else _at_random(week, draw)
    _require_agreement(java, week, chosen)


@pytest.mark.parametrize("phase", ["blocks", "sessions", "improve"])
def test_score_kept_move_by_move_is_the_score_counted_anew(java: Any, phase: str) -> None:
    """If it fails, sums drift while the search goes on, and it optimises a fiction."""
    week = Week(Index(generate(4, seed=3)))
    given = week.to_java(java)
    run = java.Run(given, configuration(phase), 1, 1500, True)
    run.run()
    assert run.failure() is None
