"""The plan of half-days, and what goes on beside the planning."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from safeschedule.model.candidates import sessions_of
from safeschedule.model.encode import encode
from safeschedule.solving.neighbourhood import dates_at_work, only_of
from safeschedule.solving.relaxation.assignment_plan import make_plan
from safeschedule.solving.relaxation.partition import groups_of
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.relaxation.relax_and_round import offers, plan_of, relax
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.bounding import bound_beside
from safeschedule.solving.states import Task
from safeschedule.solving.subproblem import PLAIN

Result = TypeVar("Result")


class Planning:
    """Plans the week; meanwhile, unless it must be repeatable, betters what was constructed."""

    def run(self, search: Search) -> None:
        """Make the plan; after a stop there is none, as to build it takes longer than a stop may."""
        if search.current is not None and search.budget.stop.is_set():
            search.closed = True
            return
        search.enter("plan")
        plan = _pooled_plan(search) if search.pooled else _whole_plan(search)
        search.plan = plan
        if search.pooled and not search.wide:
            bound_beside(search, plan)
        search.closed = search.infeasible = plan.infeasible


def _whole_plan(search: Search) -> Plan:
    # Made before anything goes on beside it: under the interpreter's lock both would take far longer.
    layer = encode(search.index, search.rows, exact=False)
    parameters = search.parameters.plan
    return _aside(search, lambda: make_plan(layer, search.budget, parameters, search.seed))


def _pooled_plan(search: Search) -> Plan:
    """Return a plan with open requests pooled, and offer these to whom it gives them."""
    index, parameters = search.index, search.parameters
    apart = parameters.size.apart_from
    wide = _aside(search, lambda: relax(index, search.suits, search.budget, parameters.plan, apart))
    groups = groups_of(index, parameters.size.group)
    offered, placed, homes = offers(index, search.suits, wide, groups, search.seed)
    if search.wide:
        search.widen(sessions_of(index, offered & ~search.offered))
    plan, takers = plan_of(index, search.rows, search.proofs.tiers, wide, placed)
    search.homes = np.where(homes >= 0, homes, groups[takers])
    return plan


def _aside(search: Search, work: Callable[[], Result]) -> Result:
    if search.budget.repeatable:
        return work()
    coming = search.pool.submit(work)
    _meanwhile(search, coming.done)
    return coming.result()


def _meanwhile(search: Search, done: Callable[[], bool]) -> None:
    """Encode the model of the week; then better the constructed schedule, date by date."""
    parameters = search.parameters
    if not search.wide:
        search.encode_whole(parameters.times.whole_share_beside)
    # To better the first schedule takes processors from the plan.
    until = parameters.plan.beside_until * (1.0 + search.budget.elapsed)
    limit = parameters.plan.beside_share * search.step(1)
    for person, date in dates_at_work(search.rows, len(search.people)):
        if search.current is None or done() or search.budget.over or search.budget.elapsed > until:
            return
        mine = only_of(search.rows, [person]) & (search.rows.day == date)
        task = Task([person], mine & ~search.open & ~search.team, limit=limit, engine=PLAIN)
        change = search.solver.improve(search.current, task)
        if change is not None:
            search.take(search.solver.accept(search.current, change))
