"""The end of a search: its best schedule is filled, and what nothing asks for is taken out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Rows
from safeschedule.solving.ending import closing_over
from safeschedule.solving.parts import Solver
from safeschedule.solving.search.cleanup.early_notes import without_early_notes
from safeschedule.solving.search.cleanup.filling import fill
from safeschedule.solving.search.cleanup.tidy import tidy_own, tidy_team
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.bounding import bound_weaker_beside
from safeschedule.solving.states import State


def finished(search: Search, best: State) -> Rows:
    """Return the rows of the best schedule, without blocks that nothing asks for, and filled."""
    over = closing_over(search.budget)
    search.enter("fill")
    if search.plan is not None:
        bound_weaker_beside(search, search.plan)
    state = _rounded_off(search, best, over)
    solver = Solver(
        search.index.until(over), search.rows, search.proofs.pursued, search.budget, search.seed, search.whole
    )
    state = tidy_team(solver, state)
    if not search.done():
        solver, state = fill(solver, state, over)
    chosen = without_early_notes(search.index.patient, solver.rows, state.chosen)
    state = replace(state, chosen=chosen)
    search.best = state
    search.enter("tidy")
    return tidy_own(solver, state)


def _rounded_off(search: Search, best: State, over: Callable[[], bool]) -> State:
    """Return the better of the best schedule and one that is half way to another, completed.

    Weeks that were timed round planned blocks when the limit came are worth more than those constructed.
    """
    state, budget = search.current, search.budget
    short = budget.wall_left < search.parameters.construction.completing_seconds * len(search.people)
    if state is None or state.values >= best.values or budget.stop.is_set() or short:
        return best
    try:
        return max(best, search.completed(state, over), key=lambda each: each.values)
    except InterruptedWorkError:
        return best
