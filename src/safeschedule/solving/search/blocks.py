"""Schedules of the team's blocks, with the sessions that hard rules or groups ask for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.problem import BlockKind
from safeschedule.solving.neighbourhood import part_of
from safeschedule.solving.profit import demanded
from safeschedule.solving.search.context import Search
from safeschedule.solving.states import State
from safeschedule.solving.subproblem import PLAIN, Answer, Engine, Subproblem


def plain_blocks(search: Search) -> Bools:
    """Return all rows but joint blocks off the hour and consultations of somebody else's supervisor."""
    rows, number = search.rows, search.index.clinician_number
    leads = np.array([number.get(c.supervisor or "", -1) for c in search.index.clinicians])
    off = search.team & (
        (rows.start % 60 != 0)
        | (rows.role == Role.ATTEND)
        & rows.of_block(BlockKind.CONSULTATION)
        & (leads[rows.clinician] >= 0)
        & (leads[rows.clinician] != rows.partner)
    )
    plain: Bools = ~off | rows.of_block(BlockKind.URGENT_SLOT)
    return plain


def due_sessions(search: Search) -> Bools:
    """Return the rows of sessions that a hard rule may ask for: all if access is hard, else some."""
    index, rows = search.index, search.rows
    access = index.settings.get("access")
    if access is not None and access.hard:
        return rows.request >= 0
    problem = index.problem
    pinned = {pin.request for pin in problem.pinned_appointments}
    groups: set[str | None] = {pin.group for pin in problem.pinned_groups}
    wanted = demanded(index).tolist()
    asked = [
        r.id in pinned or r.group in groups or is_wanted
        for r, is_wanted in zip(index.requests, wanted, strict=True)
    ]
    groups |= {r.group for r, is_wanted in zip(index.requests, wanted, strict=True) if is_wanted}
    asked += [group.id in groups for group in index.groups]
    found: Bools = (rows.request >= 0) & np.array([*asked, False], dtype=bool)[rows.request]
    return found


def any_schedule(
    search: Search,
    free: Bools,
    best_within: float | None = None,
    share: float = 1.0,
) -> tuple[State | None, bool]:
    """Return any schedule of these rows that keeps the rules, and whether there is none, proven.

    Parameters
    ----------
    best_within
        Look for the best in so much of the budget instead.
    share
        What it may take at most, of the limit.
    """
    budget = search.budget
    if budget.stop.is_set():
        return None, False
    part = part_of(search.index, search.rows, np.zeros(len(search.rows), dtype=bool), free)
    goalless = best_within is None
    run = search.solver.prepare(part, None, goalless=goalless)
    limit = min(0.5 * budget.left, share * budget.whole)
    if best_within is None:
        answer = _any(search, run, limit)
    else:
        answer = run.solve(budget=budget, limit=min(limit, best_within), seed=search.seed, engine=PLAIN)
    if answer.chosen is None:
        return None, answer.infeasible
    chosen = part.put(np.zeros(len(search.rows), dtype=bool), answer.chosen)
    return search.solver.look(chosen), False


def _any(search: Search, run: Subproblem, limit: float) -> Answer:
    """Return any solution of a run."""
    solve = partial(run.solve, budget=search.budget, seed=search.seed)
    quick = search.parameters.plan.quick_blocks_share
    answer = solve(limit=quick * limit, engine=replace(PLAIN, first=True))
    if answer.chosen is None and not answer.infeasible:
        answer = solve(limit=limit, engine=Engine(workers=8, first=True))
    return answer
