"""The peers solve the same problem as SafeSchedule: their schedules keep every rule, bounds are true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.peers.flat import Flat
from benchmarks.peers.greedy import Greedy
from safeschedule import Problem, verify
from safeschedule.judging import judge
from safeschedule.samples import PROFILES, generate
from safeschedule.solving.backend import Limits
from safeschedule.solving.progress import Progress

KNOWN = sorted(set(PROFILES) - {"programmes", "crisis", "iop", "solo"})
"""Kinds of team that the greedy peer plans: it knows no groups, no nights and no rules that are off."""


@settings(max_examples=10)
@given(st.integers(4, 9), st.integers(0, 10_000), st.sampled_from(KNOWN))
@pytest.mark.slow
def test_greedy_schedules_are_verified(clinicians: int, seed: int, profile: str) -> None:
    """The greedy peer would lose for breaking rules, not for planning worse."""
    problem = generate(clinicians, seed, profile=profile)
    schedule = Greedy().solve(problem, Limits(time_limit=None)).schedule
    assert schedule is not None
    verification = verify(problem, schedule)
    # What is to act on in a made-up team (a cap passed, nothing asked for) is there before anybody plans.
    assert verification.compliant, str(verification)
    assert verification.unchecked == ()
    assert schedule.appointments


def test_greedy_takes_the_other_half_day_for_a_slot() -> None:
    """The greedy peer would break a rule on a date whose mornings are all taken."""
    problem = generate(4, 852, profile="community")
    schedule = Greedy().solve(problem, Limits(time_limit=None)).schedule
    assert schedule is not None
    assert verify(problem, schedule).compliant


def test_greedy_says_what_it_cannot_plan() -> None:
    """The greedy peer would be compared on weeks whose groups it passes over."""
    found = Greedy().solve(generate(6, 1, profile="programmes"), Limits(time_limit=None))
    assert found.schedule is None
    assert "groups" in found.explanation[0]


def test_greedy_keeps_rules_of_other_rulebooks(strict: Problem) -> None:
    """The greedy peer would know the default rulebook only."""
    schedule = Greedy().solve(strict, Limits(time_limit=None)).schedule
    assert schedule is not None
    assert verify(strict, schedule).compliant


@pytest.fixture
def strict() -> Problem:
    from safeschedule.problem import PRESETS

    return generate(6, 3, rulebook=PRESETS["training"])


@pytest.mark.slow
def test_flat_bounds_are_true(quiet: Problem) -> None:
    """The flat peer would report a schedule that breaks rules, or prove something false."""
    told: list[Progress] = []
    found = Flat().solve(quiet, Limits(time_limit=None, workers=4, on_progress=told.append))
    assert found.schedule is not None
    verification = verify(quiet, found.schedule)
    assert verification.compliant
    tiers, wrong = judge("flat", quiet, verification, found.bounds)
    assert wrong == ()
    assert [tier.gap for tier in tiers] == [0.0] * len(tiers)
    assert told[-1].best == sum(tier.objective for tier in tiers)


@pytest.fixture
def quiet() -> Problem:
    """A week with little work, which is solved to the end at once."""
    problem = generate(4, 1)
    return problem.model_copy(update={"requests": problem.requests[:6]})
