"""The schedule of a build that costs least, as far as a little time allows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, solver_for

# What lowering the cost may take, in the budget's unit.
_LOWER = 3.0
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def least(build: Build, costs: Sequence[tuple[int, Var]], budget: Budget, seed: int) -> Rows | None:
    """Return rows that keep the build's rules and cost little; ``None`` when there are none, or no time.

    First any that are found, then the cost is lowered.
    """
    if budget.over:
        return None
    model = build.model
    solver = solver_for(budget, budget.left, seed, 1 if budget.repeatable else 2)
    solver.parameters.cp_model_presolve = False
    if run(solver, model, budget) not in _SOLVED:
        return None
    if costs:
        values = list(solver.response_proto.solution)
        model.proto.solution_hint.vars.extend(range(len(values)))
        model.proto.solution_hint.values.extend(values)
        factors, variables = zip(*costs, strict=True)
        model.minimize(cp_model.LinearExpr.weighted_sum(list(variables), list(factors)))
        lower = solver_for(budget, _LOWER, seed, 1)
        if run(lower, model, budget) in _SOLVED:
            solver = lower
    chosen = np.array([solver.value(variable) for variable in build.row_vars], dtype=np.int64) > 0
    return build.rows.take(chosen)
