"""Urgent sessions that blocks which several share are in the way of."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from safeschedule import Problem
from safeschedule.model.index import Index
from safeschedule.solving.budget import Budget
from safeschedule.solving.search.blocks import any_schedule
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.urgent import urgent_left_out, with_others
from tests.solving.weeks import hours, team


def crisis(priority: int) -> Problem:
    """Return a team with a client in crisis who has time in C3's first hour on Monday alone."""
    return team(
        clients=[{"id": "P1", "clinician": "C3", "windows": hours("mon", end="10:00")}],
        requests=[
            {"id": "R1", "client": "P1", "session_type": "talk", "priority": priority, "latest": "2026-10-06"}
        ],
    )


def begun(problem: Problem) -> Search:
    """Return a search whose schedule has a block of several with C3 in that hour, and no session."""
    search = Search(Index(problem), Budget(None, 50.0, threading.Event()), workers=1)
    rows, third = search.rows, 2
    first = rows.start < 60 * 10
    shared = search.team & (rows.clinician == third)
    assert (shared & first).any()
    # One kind of them is nowhere else, so that it is in this hour.
    kinds = np.unique(rows.kind[shared & first])
    mask = ~rows.is_session & ~(shared & (rows.kind == kinds[0]) & ~first)
    state, _ = any_schedule(search, mask)
    assert state is not None
    search.take(state)
    return search


def run(search: Search) -> None:
    """Place what is urgent."""
    with ThreadPoolExecutor(max_workers=1) as search.pool:
        with_others(search)


def test_a_shared_block_makes_room_for_a_client_in_crisis() -> None:
    """If it fails, a meeting that could be at any time keeps a client in crisis waiting for a week."""
    search = begun(crisis(5))
    assert urgent_left_out(search).any()
    before = search.current
    assert before is not None
    run(search)
    assert search.current is not None
    assert not urgent_left_out(search).any()
    assert search.current.values > before.values
    assert search.solver.look(search.current.chosen) is not None, "what was moved breaks a rule"


@pytest.mark.parametrize("priority", [1, 2])
def test_nothing_moves_for_who_can_wait(priority: int) -> None:
    """If it fails, meetings of a whole team move about for a session that is not urgent."""
    search = begun(crisis(priority))
    before = search.current
    run(search)
    assert search.current is before
