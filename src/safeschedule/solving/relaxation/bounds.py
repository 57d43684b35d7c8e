"""Tighter bounds, looked for beside a search."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import step_of, weighted
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.relaxation.assignment_plan import PlanSolver
from safeschedule.solving.relaxation.bounding import Bounds
from safeschedule.solving.relaxation.lagrangian import RelaxationLimits, Relaxed, tightened
from safeschedule.solving.relaxation.mip import Objective
from safeschedule.solving.relaxation.plan import Plan, floor_to

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
    clock = Budget(seconds, None, stop)
    if clock.over:
        return
    build = encode(index.until(lambda: clock.over), rows, exact=False)
    planning = PlanSolver(build, clock, _LONGEST, 0, PlanParameters())
    total = weighted(planning.objectives, plan.weights)
    if clock.over:
        return
    answer = planning.programme.solve(total, seconds=clock.left, whole=False)
    hard = () if plan.relaxed is None else plan.relaxed.hard
    relaxed = Relaxed(planning.programme, planning.build, planning.by_level, total, answer, hard)
    yield from _of(relaxed, clock)
    yield from tighter_bounds(relaxed, stop, clock.left, lambda: (False, False))


def tighter_bounds(
    relaxed: Relaxed, stop: threading.Event, seconds: float, integer: Callable[[], tuple[bool, bool]]
) -> Iterator[Bounds]:
    """Yield bounds of the strongest tier and of the weighted sum, within some seconds.

    From the weeks that were too hard for planning to wait for, and then from the integer programme, as
    HiGHS's branch and bound finds them with its tolerances; `integer` is asked then whether those of the
    strongest tier and of the weighted sum are wanted.
    """
    clock = Budget(seconds, None, stop)
    # Its own programme: this work has another end than the planning.
    relaxed = replace(relaxed, programme=relaxed.programme.again(over=lambda: clock.over))
    for most in _WEEKS:
        if not relaxed.unsettled or clock.over:
            break
        before = relaxed.programme
        limits = RelaxationLimits(min(most, clock.left), threads=1, over=lambda: clock.over)
        relaxed = tightened(relaxed, limits, lambda: clock.left)
        if relaxed.programme is not before:
            yield from _of(relaxed, clock)
    if clock.over:
        return
    for objective, wanted in zip((relaxed.first, relaxed.total), integer(), strict=True):
        if wanted:
            yield from _integer(relaxed, objective, clock)


def _of(relaxed: Relaxed, clock: Budget) -> Iterator[Bounds]:
    """Yield what a relaxation bounds: the weighted sum, and the strongest tier by itself."""
    if relaxed.answer.duals is not None:
        yield float("inf"), floor_to(relaxed.answer.bound, 1)
    if clock.over:
        return
    best = relaxed.programme.solve(relaxed.first, seconds=clock.left, whole=False)
    if best.duals is not None:
        yield floor_to(best.bound, step_of(relaxed.first)), float("inf")


def _integer(relaxed: Relaxed, objective: Objective, clock: Budget) -> Iterator[Bounds]:
    for turn in _TURNS:
        if clock.over:
            return
        seconds = min(turn, clock.left)
        answer = relaxed.programme.solve(objective, seconds=seconds, bounding=True)
        if objective is relaxed.first:
            yield floor_to(answer.bound, step_of(relaxed.first)), float("inf")
        else:
            yield float("inf"), floor_to(answer.bound, 1)
        if answer.values is not None and answer.bound <= answer.objective + _NEAR:
            return
