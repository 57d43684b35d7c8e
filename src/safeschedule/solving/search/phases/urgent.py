"""Urgent sessions that are left out once everybody's week is timed, and what is moved for them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.session_value import urgent_values
from safeschedule.solving.neighbourhood import held_of, only_of
from safeschedule.solving.search.context import Search
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.subproblem import PLAIN


def urgent_left_out(search: Search) -> Bools:
    """Return the rows of urgent requests of which sessions are left out, whoever was to take them."""
    assert search.current is not None
    index, rows = search.index, search.rows
    setting = index.settings.get("urgent_access")
    if setting is None or setting.hard:
        return np.zeros(len(rows), dtype=bool)
    left = held_of(index, rows, search.current.chosen) < index.counts
    urgent = urgent_values(index, setting) > 0
    return rows.is_session & rows.of_requests(left[: len(urgent)] & urgent)


def with_others(search: Search) -> None:
    """Place what is urgent and left out, with the blocks that its clinicians share on these dates.

    In a clinician's own week there was no place for it: the blocks were placed without it. One urgent session
    is worth more than all that exact times gain, so this may take its time.
    """
    waiting = deque(_asked(search))

    def draw(state: State, busy: frozenset[int]) -> Task | None:
        while waiting and not search.budget.over:
            request, people, free = waiting[0]
            if not busy.isdisjoint(people):
                return None
            waiting.popleft()
            if held_of(search.index, search.rows, state.chosen)[request] < search.index.counts[request]:
                return Task(people, free, limit=search.step(_STEPS), engine=PLAIN)
        return None

    def learn(state: State, _: Task, __: Improvement | None) -> None:
        search.take(state)

    search.stream(draw, learn)


# Clinicians whose weeks could be timed in the time of one such part.
_STEPS = 4


def _asked(search: Search) -> Iterator[tuple[int, list[int], Bools]]:
    """Yield requests, each with whose weeks are looked at and what is free of them."""
    rows, urgent = search.rows, urgent_left_out(search)
    pairs = np.unique(np.stack([rows.request[urgent], rows.clinician[urgent]]), axis=1)
    for request, clinician in pairs.T.tolist():
        dates = np.unique(rows.day[urgent & (rows.request == request) & (rows.clinician == clinician)])
        near = np.isin(rows.day, dates)
        people = _sharing(search, clinician, near)
        # Their whole weeks are looked at, so that no block moves to where one of them has none.
        yield request, people, only_of(rows, [clinician]) | (only_of(rows, people) & near)


def _sharing(search: Search, clinician: int, near: Bools) -> list[int]:
    """Return a clinician and whoever shares a block with them there."""
    assert search.current is not None
    rows = search.rows
    shared = np.flatnonzero(search.current.chosen & search.team & near)
    starts = rows.start[shared[rows.clinician[shared] == clinician]]
    with_them = rows.clinician[shared[np.isin(rows.start[shared], starts)]]
    return sorted({clinician, *with_them.tolist()})
