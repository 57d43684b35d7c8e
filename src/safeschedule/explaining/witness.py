"""A schedule that shows at once that a week is possible: constructed, taken by the model, and verified."""

from __future__ import annotations

import numpy as np

from safeschedule.model.candidates import candidates
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.parts import Solver
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.search.construction import construct
from safeschedule.solving.tiers import ranked_tiers
from safeschedule.verifier import examine

# What building a row is booked with, in the solver's units.
_BUILDING = 5e-5
# The part of what is left of a deterministic limit that it may take: looks at single days come after it.
_SHARE = 0.25


def constructed(problem: Problem, needed: Problem, budget: Budget) -> Schedule | None:
    """Return a schedule that keeps every hard rule of a week; ``None``: none was come upon.

    That there is none proves nothing.

    Parameters
    ----------
    problem
        The week.
    needed
        The same week with only what has to be in a schedule: whatever else may be left out is.
    budget
        Ends it; what it takes is booked. Where little is left, nothing is constructed.
    """
    index = Index(needed, over=lambda: budget.interrupted)
    try:
        rows = candidates(index)
        if budget.repeatable and _BUILDING * len(rows) > _SHARE * budget.left:
            return None
        budget.spend(_BUILDING * len(rows))
        solver = Solver(index, rows, ranked_tiers(index.settings), budget, seed=0)
        worth = worth_of_rows(index, rows, solver.tiers)
        state = solver.look(construct(index, rows, worth, lambda: budget.interrupted))
    except InterruptedWorkError:
        return None
    if state is None:
        return None
    schedule = extract(index, rows.take(np.flatnonzero(state.chosen)))
    # The week has rules of its own about what was left out; who says yes is the verifier.
    return None if any(finding.hard for finding in examine(problem, schedule).findings) else schedule
