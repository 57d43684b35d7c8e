"""Bounds that are looked for beside the phases of a search."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.solving.budget import Budget
from safeschedule.solving.relaxation.bounding import Bounding, Bounds
from safeschedule.solving.relaxation.bounds import tighter_bounds, whole_bounds
from safeschedule.solving.relaxation.conditional import conditional_bounds
from safeschedule.solving.relaxation.lagrangian import Relaxed
from safeschedule.solving.relaxation.plan import ConditionalBound, Plan
from safeschedule.solving.search.context import Search

# Seconds between two looks whether the search has come further; how many times what the work took it pauses.
_LOOK, _PAUSE = 0.25, 4.0


def bound_beside(search: Search, plan: Plan) -> None:
    """Look for tighter bounds of the plan's levels beside the search, unless it must be repeatable."""
    known, whole, budget = plan.relaxed, not search.pooled, search.budget
    seconds = search.parameters.plan.bound_share * budget.whole - budget.used
    if known is None or not known.solved or plan.infeasible or seconds <= 0:
        return
    if budget.repeatable or search.proofs.bounding is not None:
        return
    rows = search.rows

    def integer() -> tuple[bool, bool]:
        """Return whether the integer programme can tell anything of the first tier, and of the sum."""
        values = None if search.best is None else search.best.values
        reached = -np.inf if values is None else plan.merged(search.proofs.pursued, values)[0]
        return whole and reached < plan.bounds[0], whole and plan.total - plan.made > 1.0

    def work(stop: threading.Event) -> Iterator[Bounds]:
        if whole:
            yield from tighter_bounds(known, stop, seconds, integer)
        else:
            yield from whole_bounds(search.index, rows, plan, stop, seconds)

    search.proofs.bounding = Bounding(work)
    search.proofs.bounding.start()


def bound_weaker_beside(search: Search, plan: Plan) -> None:
    """Look for bounds of the weaker tiers while the stronger keep what they reached.

    Again and again as the search goes on; where it must be repeatable once all tiers are pursued, and before
    it goes on.
    """
    known, proofs, budget = plan.relaxed, search.proofs, search.budget
    if known is None or not known.solved or proofs.conditional is not None or budget.stop.is_set():
        return
    if budget.repeatable:
        if proofs.pursued == proofs.tiers and not plan.conditional and not search.wide:
            clock = Budget(None, None, budget.stop, ends=lambda: budget.interrupted)
            plan.conditional += conditional_bounds(known, proofs.tiers, _reached(search), clock)
        return
    if budget.left < search.parameters.plan.conditional_times * known.answer.seconds:
        return
    proofs.conditional = Bounding(lambda stop: _again_and_again(search, known, stop))
    proofs.conditional.start()


def _again_and_again(search: Search, known: Relaxed, stop: threading.Event) -> Iterator[ConditionalBound]:
    """Yield bounds for what the search has reached, as often as that has become more.

    The work pauses for several times what it took: the processors are the search's.
    """
    clock, before = Budget(None, None, stop), dict[Tier, int]()
    while not stop.is_set():
        reached = _reached(search)
        if reached == before:
            stop.wait(_LOOK)
            continue
        before, began = reached, time.monotonic()
        yield from conditional_bounds(known, search.proofs.tiers, reached, clock)
        stop.wait(_PAUSE * (time.monotonic() - began))


def _reached(search: Search) -> dict[Tier, int]:
    """Return what the best schedule has of each tier that is pursued by now."""
    assert search.best is not None
    # Both at one moment: the search may turn to fairness meanwhile.
    pursued, best = search.proofs.pursued, search.best
    return dict(zip(pursued, best.values, strict=False)) if len(pursued) == len(best.values) else {}
