"""Problems with the solver of their parts, and schedules as the search keeps them."""

from __future__ import annotations

import threading

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.candidates import candidates
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.solving.budget import Budget
from safeschedule.solving.parts import Solver
from safeschedule.solving.states import Improvement, State
from safeschedule.solving.tiers import soft_tiers


def no_budget() -> Budget:
    """Return a deterministic budget that no test uses up."""
    return Budget(None, 1e6, threading.Event())


def solver_for(problem: Problem, rows: Rows | None = None) -> Solver:
    """Return a solver of parts of the problem."""
    index = Index(problem)
    tiers = soft_tiers(index.settings) or [Tier.SERVICE]
    return Solver(index, candidates(index) if rows is None else rows, tiers, no_budget(), seed=3)


def mask_of(rows: Rows, chosen: Rows) -> Bools:
    """Return which rows are among the chosen ones."""
    own = set(chosen.records())
    return np.array([record in own for record in rows.records()], dtype=bool)


def changed(state: State, change: Improvement) -> Bools:
    """Return the chosen rows after a change."""
    chosen = state.chosen.copy()
    chosen[change.out] = False
    chosen[change.into] = True
    return chosen
