"""The team's blocks and the groups' sessions at exact times, as they are planned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.blocks import any_schedule, due_sessions, plain_blocks
from safeschedule.solving.search.cleanup.tidy import tidy_team
from safeschedule.solving.search.context import Search
from safeschedule.solving.states import State, Task
from safeschedule.solving.subproblem import PLAIN


class Blocks:
    """Places the blocks where the plan has them.

    First with the team's blocks in their planned half-days, then anywhere; with a pooled plan only on the
    hour and with the own supervisor, and else as they were constructed.
    """

    def run(self, search: Search) -> None:
        """Place the blocks, unless what was constructed is bettered where it stands."""
        plan = search.plan
        if plan is None or _kept_as_it_is(search, plan):
            return
        search.enter("blocks")
        found, gathered, impossible = _placed(search, plan)
        if impossible:
            # The rows of a wide search are not all that there are.
            search.closed = search.infeasible = not search.wide
            return
        if found is not None and not search.budget.over:
            # Blocks that nothing asks for would be in the way of sessions.
            found = tidy_team(search.solver, found)
        if found is not None:
            search.take(found)
        if not gathered:
            _gather(search, plan)
        search.settled = search.current


def _kept_as_it_is(search: Search, plan: Plan) -> bool:
    """Return whether what was constructed is bettered where it stands, without a plan or time for one.

    To begin anew with the planned blocks is better in the end, and worse until all weeks are timed.
    """
    if search.current is None:
        return False
    times = search.parameters.times
    return not plan.found or search.hurried(times.week_work, times.week_seconds, search.budget.left)


def _placed(search: Search, plan: Plan) -> tuple[State | None, bool, bool]:
    """Return a schedule of the blocks, whether groups' sessions are in it, and whether none is possible."""
    found = None
    for number, mask in enumerate(_masks(search, plan)):
        gathered, impossible = _gathered(search, mask, plan)
        found = gathered
        if found is None and not impossible:
            found, impossible = any_schedule(search, mask)
        if impossible and mask.all():
            return None, False, True
        # As they were constructed only where the plan cannot be had in any way.
        if found is None and search.pooled and search.current is not None and number == 2:
            found = search.solver.look(search.current.chosen)
        if found is not None or search.budget.over:
            return found, gathered is not None, False
    return found, False, False


def _masks(search: Search, plan: Plan) -> Iterator[Bools]:
    """Yield what may be chosen, more and more of it."""
    blocks = ~search.rows.is_session
    planned = plan.blocks | (blocks & ~search.team)
    masks = [planned, blocks]
    if search.pooled:
        seats = blocks & (search.rows.role == Role.ATTEND)
        plain = plain_blocks(search)
        masks = [(planned | seats) & plain, planned, planned | seats, blocks & plain, blocks]
    due = due_sessions(search)
    if due.any():
        yield masks[0] | (due & plan.likely)
    for mask in masks:
        yield mask | due
    yield np.ones(len(search.rows), dtype=bool)


def _gathered(search: Search, mask: Bools, plan: Plan) -> tuple[State | None, bool]:
    """Return the best schedule of the team's blocks and the groups' sessions, and whether there is none.

    Of the groups the sessions that the mask has, and where a planned group gets none, any. Without groups
    there is nothing to be the best of. Sessions of single clients come after them.
    """
    gathering, limit = search.rows.in_group, _group_step(search)
    if not gathering.any() or mask.all():
        return None, False
    best, impossible = any_schedule(search, mask, best_within=limit)
    if (gathering & ~mask).any() and (best is None or _lacks_groups(search, best, plan)):
        found, impossible = any_schedule(search, mask | gathering, best_within=limit)
        if found is not None and (best is None or found.values > best.values):
            best = found
    return best, impossible and best is None


def _gather(search: Search, plan: Plan) -> None:
    """Add sessions of groups to a schedule that has none of a planned group; the rest of it stays."""
    if search.current is None or search.budget.over or not _lacks_groups(search, search.current, plan):
        return
    gathering = search.rows.in_group
    leading = np.unique(search.rows.clinician[gathering])
    own = search.rows.is_block & ~search.team & np.isin(search.rows.clinician, leading)
    task = Task(search.people, gathering | own, limit=_group_step(search), engine=PLAIN)
    change = search.solver.improve(search.current, task)
    if change is not None:
        search.take(search.solver.accept(search.current, change))


def _lacks_groups(search: Search, state: State, plan: Plan) -> bool:
    """Return whether the plan has groups of which a schedule has no session."""
    leads = search.rows.role == Role.LEAD
    planned = np.unique(search.rows.request[leads & plan.blocks])
    return bool(np.setdiff1d(planned, search.rows.request[leads & state.chosen]).size)


def _group_step(search: Search) -> float:
    """Return what placing the sessions of groups may use."""
    return search.step(len(np.unique(search.rows.clinician[search.rows.in_group])))
