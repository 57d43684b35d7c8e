"""Every answer of `solve` is held against the verifier and against the whole model solved at once."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from safeschedule import Problem, Result, solve, verify
from safeschedule.catalogue import Tier
from safeschedule.result import Status
from tests.solving.drawn import SOFTENABLE, easy_problems, softened, with_rules
from tests.solving.whole import solve_whole

# Shrinking solves hundreds of weeks; a failing one is small enough to be read as it is.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def examples(count: int) -> Any:
    """Return hypothesis settings for so many solves."""
    return settings(max_examples=count, phases=UNSHRUNK, suppress_health_check=SLOW)


def check(problem: Problem, result: Result) -> str:
    """Assert that a result is true, by the verifier and by a second solve; return what was seen."""
    assert (result.schedule is not None) == (result.status in (Status.OPTIMAL, Status.FEASIBLE))
    whole = solve_whole(problem)
    if result.schedule is None:
        assert result.explanation
        if result.status is Status.INFEASIBLE:
            assert whole is None, "a schedule exists, although the search says that there is none"
        return str(result.status)
    verification = verify(problem, result.schedule)
    assert verification.compliant, verification
    assert result.verified
    assert whole is not None, "the verifier accepts a schedule that the whole model cannot have"
    _check_bounds(result, whole.best)
    return "schedule with sessions" if result.placed else "schedule without sessions"


def _check_bounds(result: Result, best: tuple[int, ...]) -> None:
    """Assert that bounds hold; a tier under a stronger one that is not at its best is not compared."""
    reached = tuple(tier.objective for tier in result.tiers)
    assert reached <= best, "the objective is more than any schedule can have"
    if result.status is Status.OPTIMAL:
        assert reached == best
    for tier, most in zip(result.tiers, best, strict=True):
        assert tier.objective <= tier.bound
        assert most <= tier.bound, f"the bound of {tier.tier} is less than what can be had"
        if tier.objective < most:
            break


@pytest.mark.slow
@pytest.mark.long
def test_drawn_weeks() -> None:
    """If it fails, some week gets a bad schedule, a wrong optimum or bound, or a false "infeasible"."""
    seen: Counter[str] = Counter()

    @examples(100)
    @given(problem=easy_problems(), workers=st.sampled_from([1, 2]))
    def answer(problem: Problem, workers: int) -> None:
        result = solve(problem, deterministic_limit=2.0, workers=workers)
        kind = check(problem, result)
        event(kind)
        seen[kind] += 1

    answer()
    assert seen["schedule with sessions"] >= 0.2 * seen.total(), seen
    assert seen["infeasible"] <= 0.5 * seen.total(), seen
    assert seen["unknown"] <= 0.1 * seen.total(), seen


@pytest.mark.long
@pytest.mark.slow
def test_drawn_weeks_planned_by_linear_programming() -> None:
    """If it fails, the plan of the ordinary mode, which has a time limit, leads to a wrong answer."""
    seen: Counter[str] = Counter()

    @examples(30)
    @given(problem=easy_problems())
    def answer(problem: Problem) -> None:
        result = solve(problem, time_limit=120, workers=2)
        assert result.status is not Status.UNKNOWN
        seen[check(problem, result)] += 1

    answer()
    assert seen["schedule with sessions"] >= 1, seen


@pytest.mark.slow
def test_search_cut_short() -> None:
    """If it fails, a search that ends early reports a bound or status that it has not proven."""
    seen: Counter[str] = Counter()

    @examples(25)
    @given(problem=easy_problems(), limit=st.sampled_from([0.001, 0.01, 0.03]))
    def answer(problem: Problem, limit: float) -> None:
        seen[check(problem, solve(problem, deterministic_limit=limit, workers=1))] += 1

    answer()
    assert seen["schedule with sessions"] + seen["schedule without sessions"] >= 1, seen


@pytest.mark.parametrize("rule", SOFTENABLE)
def test_soft_rule(rule: str) -> None:
    """If it fails, making this rule soft makes optimiser and verifier count different penalties."""
    seen: Counter[str] = Counter()

    @settings(max_examples=3, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(problem=easy_problems(max_clinicians=2, max_sessions=4))
    def answer(problem: Problem) -> None:
        soft = softened(problem, [rule])
        result = solve(soft, deterministic_limit=1.0, workers=1)
        seen[check(soft, result)] += 1
        if result.verification is not None:
            assert rule in result.verification.penalties

    answer()
    assert seen.total() >= 1


@pytest.mark.slow
@pytest.mark.long
def test_rules_in_other_tiers() -> None:
    """If it fails, a bound or floor of a tier counts the constant part of what it holds wrongly."""
    seen: Counter[str] = Counter()
    movable = st.sampled_from(["access", *SOFTENABLE])
    tiers = st.sampled_from([tier for tier in Tier if tier is not Tier.PHYSICAL])

    @examples(25)
    @given(
        problem=easy_problems(max_clinicians=2),
        soft=st.sets(st.sampled_from(SOFTENABLE), max_size=6),
        moved=st.dictionaries(movable, tiers, max_size=3),
        limit=st.sampled_from([0.05, 2.0]),
    )
    def answer(problem: Problem, soft: set[str], moved: dict[str, Tier], limit: float) -> None:
        given = with_rules(softened(problem, sorted(soft)), {n: {"tier": t} for n, t in moved.items()})
        seen[check(given, solve(given, deterministic_limit=limit, workers=1))] += 1

    answer()
    assert seen["schedule with sessions"] >= 1, seen
