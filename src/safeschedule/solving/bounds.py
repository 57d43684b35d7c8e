"""Tighter bounds, looked for beside a search."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.bounding import Bounds
from safeschedule.solving.budget import Budget
from safeschedule.solving.milp import Objective, Programme
from safeschedule.solving.objective import step_of, weighted
from safeschedule.solving.plan import Plan, floor_to
from safeschedule.solving.planning import Planning
from safeschedule.solving.weeks import Limits, Relaxed, cut

# Seconds for each clinician's week, and then for which the integer programme is tried.
_WEEKS = (3.0, 10.0)
_TURNS = (1.0, 3.0)
_LONGEST = 3600.0
# So near to its bound the integer programme is solved.
_NEAR = 1.0


def relaxed_whole(index: Index, rows: Rows, plan: Plan) -> Relaxed:
    """Return the relaxation of the whole plan layer over these rows, of the weighted sum as in a pooled plan.

    It is a little tighter. The weeks that were hard with pools are still to be weighed.
    """
    planning = Planning(encode(index, rows, exact=False), Budget(None, None, threading.Event()), _LONGEST, 0)
    total = weighted(planning.objectives, plan.weights)
    hard = () if plan.relaxed is None else plan.relaxed.hard
    return Relaxed(
        planning.programme, planning.build, planning.objectives[0], total, planning.relax(total), hard
    )


def tighter_bounds(
    relaxed: Relaxed, stop: threading.Event, seconds: float, integer: Callable[[], tuple[bool, bool]]
) -> Iterator[Bounds]:
    """Yield bounds of the strongest tier and of the weighted sum, within some seconds.

    From the weeks that were too hard for planning to wait for, and then from the integer programme, as
    HiGHS's branch and bound finds them with its tolerances; `integer` is asked then whether those of the
    strongest tier and of the weighted sum are wanted. HiGHS does not listen to a stop: what has
    begun is waited for.
    """
    until = time.monotonic() + seconds

    def over() -> bool:
        return stop.is_set() or time.monotonic() > until

    # Its own programme: that of the search is left to itself by a stop of the search.
    relaxed = replace(relaxed, programme=Programme(relaxed.programme.system))
    yield from _of(relaxed)
    yield from _relaxed(relaxed, over)
    wanted = (
        [] if over() else [o for o, yes in zip((relaxed.first, relaxed.total), integer(), strict=True) if yes]
    )
    for objective in wanted:
        yield from _integer(relaxed, objective, over)


def _relaxed(relaxed: Relaxed, over: Callable[[], bool]) -> Iterator[Bounds]:
    for seconds in _WEEKS:
        if not relaxed.unsettled or over():
            return
        weeks = cut(relaxed, Limits(seconds, threads=1, over=over))
        if over():
            return
        if not weeks.cuts:
            relaxed = replace(relaxed, unsettled=weeks.unsettled)
            continue
        answer = relaxed.programme.solve(relaxed.total, seconds=_LONGEST, whole=False)
        relaxed = replace(relaxed, answer=answer, unsettled=weeks.unsettled)
        yield from _of(relaxed)
        if answer.duals is None:
            return


def _of(relaxed: Relaxed) -> Iterator[Bounds]:
    """Yield what a relaxation bounds."""
    yield float("inf"), floor_to(relaxed.answer.bound, 1)
    best = relaxed.programme.solve(relaxed.first, seconds=_LONGEST, whole=False)
    yield floor_to(best.bound, step_of(relaxed.first)), float("inf")


def _integer(relaxed: Relaxed, objective: Objective, over: Callable[[], bool]) -> Iterator[Bounds]:
    for turn in _TURNS:
        if over():
            return
        answer = relaxed.programme.solve(objective, seconds=turn, bounding=True)
        if objective is relaxed.first:
            yield floor_to(answer.bound, step_of(relaxed.first)), float("inf")
        else:
            yield float("inf"), floor_to(answer.bound, 1)
        if answer.values is not None and answer.bound <= answer.objective + _NEAR:
            return
