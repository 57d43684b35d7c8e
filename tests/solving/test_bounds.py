"""What a solve proves is held against the whole model solved at once, on hundreds of drawn problems."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from safeschedule import Problem, Result, solve
from safeschedule.catalogue import Tier
from safeschedule.result import Status
from tests.solving.drawn import SOFTENABLE, easy_problems, softened, with_rules
from tests.solving.weeks import team
from tests.solving.whole import Whole, best_beside, solve_whole

# Shrinking solves hundreds of weeks; a failing one is small enough to be read as it is.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
GENEROUS = 1000.0
"""Deterministic time that no small week uses up: the search ends by itself."""

TIERS = st.sampled_from([tier for tier in Tier if tier is not Tier.PHYSICAL])
SMALL = easy_problems(max_clinicians=2, max_sessions=4, max_days=3)


@st.composite
def mixed_problems(draw: st.DrawFn) -> Problem:
    """Draw a small problem with rules made soft and moved to other tiers."""
    problem = draw(SMALL)
    soft = draw(st.sets(st.sampled_from(SOFTENABLE), max_size=8))
    moved = draw(st.dictionaries(st.sampled_from(["access", *SOFTENABLE]), TIERS, max_size=4))
    return with_rules(softened(problem, sorted(soft)), {n: {"tier": t} for n, t in moved.items()})


def reached_by(result: Result) -> tuple[int, ...]:
    """Return the value of each tier."""
    return tuple(tier.objective for tier in result.tiers)


def check_bounds(problem: Problem, result: Result, whole: Whole) -> None:
    """Assert that each tier's bound covers the best of all schedules that keep the stronger tiers."""
    reached = reached_by(result)
    assert reached <= whole.best, "the objective is more than any schedule can have"
    beside = best_beside(problem, reached)
    for tier, most in zip(result.tiers, beside, strict=True):
        assert tier.objective <= most <= tier.bound, (str(tier.tier), result.tiers, beside)
    assert result.bound is not None
    assert sum(whole.best) <= result.bound, (whole.best, result.tiers)
    if result.status is Status.OPTIMAL:
        assert reached == whole.best


def compare(problem: Problem, limit: float, seed: int = 0) -> str:
    """Assert that all that a solve proves is true; return how far it came."""
    result = solve(problem, deterministic_limit=limit, workers=2, seed=seed)
    whole = solve_whole(problem)
    if result.schedule is None:
        assert whole is None or result.status is Status.UNKNOWN, "a schedule exists"
        return str(result.status)
    assert whole is not None, "a schedule that the whole model cannot have"
    check_bounds(problem, result, whole)
    if reached_by(result) == whole.best:
        return "proven" if result.status is Status.OPTIMAL else "best"
    return "worse"


@pytest.mark.slow
@pytest.mark.long
def test_bounds_of_drawn_weeks() -> None:
    """If it fails, a bound is less than what can be had, or nearly all small weeks are not solved to it."""
    seen: Counter[str] = Counter()

    @settings(phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(problem=SMALL, seed=st.integers(0, 3))
    def bounds_hold(problem: Problem, seed: int) -> None:
        seen[compare(problem, GENEROUS, seed)] += 1

    bounds_hold()
    solved = seen["proven"] + seen["best"]
    assert seen["unknown"] == 0, seen
    assert solved >= 0.3 * seen.total(), seen
    assert seen["proven"] >= 0.9 * (solved + seen["worse"]), seen


@pytest.mark.slow
def test_bounds_with_rules_soft_and_in_other_tiers() -> None:
    """If it fails, several tiers solved as one sum prove something that is not true of each."""
    seen: Counter[str] = Counter()

    @settings(max_examples=25, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(problem=mixed_problems())
    def bounds_hold(problem: Problem) -> None:
        seen[compare(problem, GENEROUS)] += 1

    bounds_hold()
    solved = seen["proven"] + seen["best"]
    assert seen["unknown"] == 0, seen
    assert solved >= 0.9 * (solved + seen["worse"]), seen


def test_a_lower_peak_of_the_team_is_not_ruled_out() -> None:
    """If it fails, the best among schedules with peaks as high as the present ones passes for the best."""
    problem = with_rules(team(), {"fair_load": {"tier": Tier.SAFETY}})
    result = solve(problem, deterministic_limit=20, workers=1)
    whole = solve_whole(problem)
    assert whole is not None
    assert result.tiers[0].objective <= whole.best[0] <= result.tiers[0].bound
    if result.status is Status.OPTIMAL:
        assert reached_by(result) == whole.best


@pytest.mark.slow
def test_bounds_with_peaks_in_the_strongest_tier() -> None:
    """If it fails, a proof depends on the peaks that the search happened to reach first."""

    @settings(max_examples=15, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(problem=easy_problems(max_clinicians=2, max_sessions=4, max_days=3))
    def bounds_hold(problem: Problem) -> None:
        changes = {"fair_load": {"enabled": True, "hard": False, "tier": Tier.SAFETY}}
        compare(with_rules(problem, changes), GENEROUS)

    bounds_hold()


@pytest.mark.slow
def test_bounds_of_searches_cut_short() -> None:
    """If it fails, a search that ends early claims more than it knows."""
    seen: Counter[str] = Counter()

    @settings(max_examples=25, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(problem=mixed_problems(), limit=st.sampled_from([0.0005, 0.005, 0.02]))
    def bounds_hold(problem: Problem, limit: float) -> None:
        seen[compare(problem, limit)] += 1

    bounds_hold()
    assert seen.total() - seen["unknown"] - seen["infeasible"] >= 1, seen
