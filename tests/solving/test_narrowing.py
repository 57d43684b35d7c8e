"""A search over some clinicians' weeks, the rest of the schedule kept."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from safeschedule.model.index import Index
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.solving.evaluate import worth_of
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.matheuristic import run
from safeschedule.solving.search.narrowing import narrowed
from safeschedule.solving.search.phases.construction import Construction
from safeschedule.solving.search.phases.improvement import Improvements
from safeschedule.solving.search.phases.planning import Planning
from safeschedule.solving.search.phases.proof import Proof

BY_GROUPS = SearchParameters.model_validate(
    {
        "size": {"pooled_from": 0, "wide_from": 99, "group": 2},
        "times": {"whole_share": 0.0, "whole_share_beside": 0.0, "groups_share": 1.0, "row_seconds": 1e-9},
    }
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_a_group_gains_the_whole_week_gains(seed: int) -> None:
    """If it fails, a group's model promises what the whole week's does not have, or breaks its rules."""
    index = Index(generate(4, seed))
    search = Search(index, Budget(None, 2.0, threading.Event()), workers=1, parameters=BY_GROUPS)
    Construction().run(search)
    Planning().run(search)
    gained = False
    for people in ([0, 1], [2, 3]):
        group = narrowed(search, people, 0.9)
        assert group is not None
        with_others = group.search.rows.clinician[~group.search.fixed]
        assert set(with_others.tolist()) <= {*people}
        with ThreadPoolExecutor(1) as group.search.pool:
            Improvements(Proof()).run(group.search)
        state = group.widened()
        gained |= state.values > group.before.values
        exact = search.solver.look(state.chosen)
        assert exact is not None
        assert exact.values == state.values
        changed = np.flatnonzero(state.chosen != group.before.chosen)
        assert set(search.rows.clinician[changed].tolist()) <= {*people}
        search.take(state)
    assert gained


@pytest.mark.parametrize("features", [(), ("programmes",)])
def test_search_by_groups_keeps_every_rule(features: tuple[str, ...]) -> None:
    """If it fails, a large team gets a week that breaks a rule, or none."""
    problem = generate(4, 5, programmes=bool(features))
    index = Index(problem)
    search = Search(index, Budget(None, 3.0, threading.Event()), workers=2, parameters=BY_GROUPS)
    outcome = run(search)
    assert outcome.rows is not None
    worth = worth_of(index, outcome.rows)
    assert worth is not None
