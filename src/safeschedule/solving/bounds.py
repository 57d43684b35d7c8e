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
from safeschedule.solving.weeks import Limits, Relaxed, tightened

# Seconds for each clinician's week, and then for which the integer programme is tried.
_WEEKS = (3.0, 10.0)
_TURNS = (1.0, 3.0)
_LONGEST = 3600.0
# So near to its bound the integer programme is solved.
_NEAR = 1.0


def whole_bounds(
    index: Index, rows: Rows, plan: Plan, stop: threading.Event, seconds: float
) -> Iterator[Bounds]:
    """Yield bounds from the whole plan layer over these rows, when the plan was made with pools.

    They are a little tighter. Of the weeks only those are weighed that were hard with pools.
    """
    clock = _Clock(stop, seconds)
    if clock.over():
        return
    planning = Planning(encode(index, rows, exact=False), Budget(None, None, threading.Event()), _LONGEST, 0)
    total = weighted(planning.objectives, plan.weights)
    if clock.over():
        return
    answer = planning.programme.solve(total, seconds=clock.left(), whole=False)
    hard = () if plan.relaxed is None else plan.relaxed.hard
    relaxed = Relaxed(planning.programme, planning.build, planning.objectives[0], total, answer, hard)
    yield from _of(relaxed, clock)
    yield from tighter_bounds(relaxed, stop, clock.left(), lambda: (False, False))


def tighter_bounds(
    relaxed: Relaxed, stop: threading.Event, seconds: float, integer: Callable[[], tuple[bool, bool]]
) -> Iterator[Bounds]:
    """Yield bounds of the strongest tier and of the weighted sum, within some seconds.

    From the weeks that were too hard for planning to wait for, and then from the integer programme, as
    HiGHS's branch and bound finds them with its tolerances; `integer` is asked then whether those of the
    strongest tier and of the weighted sum are wanted. HiGHS does not listen to a stop: what has begun is
    waited for, at most to the end of the seconds.
    """
    clock = _Clock(stop, seconds)
    # Its own programme: that of the search is left to itself by a stop of the search.
    relaxed = replace(relaxed, programme=Programme(relaxed.programme.system))
    for most in _WEEKS:
        if not relaxed.unsettled or clock.over():
            break
        before = relaxed.programme
        limits = Limits(min(most, clock.left()), threads=1, over=clock.over)
        relaxed = tightened(relaxed, limits, clock.left)
        if relaxed.programme is not before:
            yield from _of(relaxed, clock)
    if clock.over():
        return
    for objective, wanted in zip((relaxed.first, relaxed.total), integer(), strict=True):
        if wanted:
            yield from _integer(relaxed, objective, clock)


class _Clock:
    """Tells whether it is time to end: told to, or some seconds from now."""

    def __init__(self, stop: threading.Event, seconds: float) -> None:
        self._stop, self._until = stop, time.monotonic() + seconds

    def over(self) -> bool:
        """Whether nothing more is to begin."""
        return self._stop.is_set() or time.monotonic() > self._until

    def left(self) -> float:
        """Seconds that are left."""
        return max(0.0, self._until - time.monotonic())


def _of(relaxed: Relaxed, clock: _Clock) -> Iterator[Bounds]:
    """Yield what a relaxation bounds: the weighted sum, and the strongest tier by itself."""
    if relaxed.answer.duals is not None:
        yield float("inf"), floor_to(relaxed.answer.bound, 1)
    if clock.over():
        return
    best = relaxed.programme.solve(relaxed.first, seconds=clock.left(), whole=False)
    if best.duals is not None:
        yield floor_to(best.bound, step_of(relaxed.first)), float("inf")


def _integer(relaxed: Relaxed, objective: Objective, clock: _Clock) -> Iterator[Bounds]:
    for turn in _TURNS:
        if clock.over():
            return
        seconds = min(turn, clock.left())
        answer = relaxed.programme.solve(objective, seconds=seconds, bounding=True)
        if objective is relaxed.first:
            yield floor_to(answer.bound, step_of(relaxed.first)), float("inf")
        else:
            yield float("inf"), floor_to(answer.bound, 1)
        if answer.values is not None and answer.bound <= answer.objective + _NEAR:
            return
