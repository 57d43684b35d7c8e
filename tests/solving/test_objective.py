"""Tiers as one weighted sum."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from safeschedule import Problem
from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.solving.cpsat import terms
from safeschedule.solving.objective import Objective, step_of, tier_objective, weighted, weights_of
from safeschedule.solving.tiers import soft_tiers
from tests.solving.drawn import SOFTENABLE, easy_problems, softened, with_rules
from tests.solving.weeks import crowded, team
from tests.solving.whole import solver_of

UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
TIERS = st.sampled_from([tier for tier in Tier if tier is not Tier.PHYSICAL])


def values_of(build: Build, objectives: list[Objective], mix: list[int]) -> tuple[int, ...] | None:
    """Return the tiers' values of a solution that is best for some mix of the tiers, even a bad one."""
    build.model.maximize(terms(build, weighted(objectives, mix)))
    solver = solver_of(1)
    solver.parameters.max_deterministic_time = 0.1
    if solver.solve(build.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    value = build.model.get_int_var_from_proto_index
    return tuple(sum(f * solver.value(value(v)) for f, v in objective) for objective in objectives)


def check_order(problem: Problem, seed: int, *, exact: bool) -> str:
    """Assert that the weighted sum orders some far apart solutions as the tiers do."""
    random = np.random.default_rng(seed)
    index = Index(problem)
    build = encode(index, candidates(index), exact=exact)
    objectives = [tier_objective(build, tier) for tier in soft_tiers(index.settings)]
    weights = weights_of(build, objectives)
    mixes = [random.integers(-3, 4, len(objectives)).tolist() for _ in range(5)]
    found = [values for mix in mixes if (values := values_of(build, objectives, mix)) is not None]
    for values in found:
        assert all(v % step_of(o) == 0 for v, o in zip(values, objectives, strict=True))
    pairs = [(one, other) for one, other in combinations(found, 2) if one != other]
    for one, other in pairs:
        sums = [sum(w * v for w, v in zip(weights, values, strict=True)) for values in (one, other)]
        assert (one < other) == (sums[0] < sums[1]), (one, other, weights)
        assert sums[0] != sums[1]
    return "different" if pairs else "alike"


@st.composite
def mixed_problems(draw: st.DrawFn) -> Problem:
    """Draw a small problem with rules made soft and moved to other tiers."""
    problem = draw(easy_problems(max_clinicians=2, max_sessions=4, max_days=3))
    soft = draw(st.sets(st.sampled_from(SOFTENABLE), max_size=8))
    moved = draw(st.dictionaries(st.sampled_from(["access", *SOFTENABLE]), TIERS, max_size=4))
    return with_rules(softened(problem, sorted(soft)), {n: {"tier": t} for n, t in moved.items()})


def test_the_weighted_sum_orders_as_the_tiers_do() -> None:
    """If it fails, a weaker tier is bought with a stronger one."""
    seen: Counter[str] = Counter()

    @settings(max_examples=80, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(mixed_problems(), st.integers(0, 1000), st.booleans())
    def ordered(problem: Problem, seed: int, exact: bool) -> None:
        seen[check_order(problem, seed, exact=exact)] += 1

    ordered()
    assert seen["different"] >= 0.3 * seen.total(), seen


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("problem", [team(), crowded(4)], ids=["team", "crowded"])
def test_written_weeks(problem: Problem, exact: bool) -> None:
    """If it fails, the order of tiers is lost in a week in which everything binds."""
    assert check_order(problem, 3, exact=exact) == "different"


def check_reach(problem: Problem, *, exact: bool) -> bool:
    """Assert that a step of a stronger tier outweighs all that each tier can differ by."""
    index = Index(problem)
    build = encode(index, candidates(index), exact=exact)
    differs = False
    for tier in soft_tiers(index.settings):
        objective = tier_objective(build, tier)
        ends = [values_of(build, [objective], [sign]) for sign in (1, -1)]
        if ends[0] is None or ends[1] is None:
            return False
        (most,), (least,) = ends
        stronger: Objective = [(1, build.model.new_bool_var("").index)]
        assert weights_of(build, [stronger, objective])[0] > most - least, (tier, most, least)
        differs |= most > least
    return differs


@pytest.mark.slow
def test_a_step_outweighs_all_that_weaker_tiers_can_differ_by() -> None:
    """If it fails, the weighted sum gives up a step of a stronger tier for much of a weaker one."""
    seen: Counter[bool] = Counter()

    @settings(max_examples=60, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(mixed_problems(), st.booleans())
    def outweighs(problem: Problem, exact: bool) -> None:
        seen[check_reach(problem, exact=exact)] += 1

    outweighs()
    assert seen[True] >= 0.3 * seen.total(), seen


def test_a_placement_that_costs_more_than_it_earns() -> None:
    """If it fails, a request that may earn or cost is taken to make less difference than it does."""
    moved = {"preferences": {"tier": Tier.SERVICE, "hard": False, "weight": 1000}}
    assert check_reach(with_rules(team(), moved), exact=False)


def test_limited_weights_are_no_larger() -> None:
    """If it fails, the plan's programme gets factors that make it several times slower."""
    index = Index(crowded(4))
    build = encode(index, candidates(index), exact=False)
    objectives = [tier_objective(build, tier) for tier in soft_tiers(index.settings)]
    full, limited = weights_of(build, objectives), weights_of(build, objectives, 100)
    assert limited[-1] == full[-1] == 1
    assert all(1 <= small <= large for small, large in zip(limited, full, strict=True))
