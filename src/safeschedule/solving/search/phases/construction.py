"""The first schedule: constructed session by session."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safeschedule.model.candidates import sessions_of
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.relaxation.aggregation import pooled_requests
from safeschedule.solving.search.blocks import any_schedule, due_sessions, plain_blocks
from safeschedule.solving.search.construction import confirm, construct, construct_again, offered_to
from safeschedule.solving.search.context import Search
from safeschedule.solving.states import State


class Construction:
    """Constructs a schedule; where the model allows nothing of it, round blocks that it finds."""

    def run(self, search: Search) -> None:
        """Construct, and again with what was left out first while that is quick."""
        search.enter("construction")
        if search.wide:
            asked = np.array(pooled_requests(search.index, search.suits), dtype=np.int64)
            search.offered = offered_to(search.index, search.suits, asked)
            search.widen(sessions_of(search.index, search.offered))
        worth = worth_of_rows(search.index, search.rows, search.proofs.tiers)
        budget = search.budget
        until = search.parameters.construction.share * budget.limit

        def over() -> bool:
            late = not budget.repeatable and budget.used > until
            return late or budget.over

        found = confirm(search.solver, construct(search.index, search.rows, worth, over), partly=True)
        if found is None:
            found = _round_blocks(search, over)
        if found is not None:
            search.take(found)
            found = construct_again(search.solver, found, worth, over, lambda made: _again(search, made))
            search.take(found)
        search.constructed = search.settled = found


def _again(search: Search, made: int) -> bool:
    """Return whether there is time for one more construction beside those made, and book it."""
    budget, parameters, times = search.budget, search.parameters.construction, search.parameters.times
    work = parameters.work * len(search.people)
    coming = work if budget.repeatable else budget.elapsed / made
    hurried = search.hurried(times.week_work, times.week_seconds, budget.limit)
    share = parameters.again_share_in_a_hurry if hurried else parameters.again_share
    if budget.over or budget.used + coming > share * budget.limit:
        return False
    budget.spend(work)
    return True


def _round_blocks(search: Search, over: Callable[[], bool]) -> State | None:
    """Return a schedule round any blocks that keep the rules, with what they ask for."""
    blocks = ~search.rows.is_session | due_sessions(search)
    for mask in (blocks & plain_blocks(search), blocks):
        found, impossible = any_schedule(search, mask, share=search.parameters.construction.blocks_share)
        if found is not None:
            return search.completed(found, over)
        if search.budget.over or (impossible and mask.all()):
            break
    return None
