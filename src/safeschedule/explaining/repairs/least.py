"""The schedule of a build that costs least, as far as a little time allows."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.model.build import Build
from safeschedule.model.rows import Rows
from safeschedule.model.variables import Var
from safeschedule.solving.budget import Budget
from safeschedule.solving.subproblem import Engine, Subproblem

# What lowering the cost may take, in the budget's unit.
_LOWER = 3.0


def least(build: Build, costs: Sequence[tuple[int, Var]], budget: Budget, seed: int) -> Rows | None:
    """Return rows that keep the build's rules and cost little; ``None`` when there are none, or no time.

    First any that are found, then the cost is lowered.
    """
    if budget.over:
        return None
    made = Subproblem(build)
    plain = Engine(workers=1 if budget.repeatable else 2, presolve=False)
    chosen = (answer := made.solve(budget=budget, limit=budget.left, seed=seed, engine=plain)).chosen
    if chosen is None:
        return None
    if costs:
        made.go_on(answer)
        made.aim([[(-factor, variable.index) for factor, variable in costs]])
        lower = made.solve(budget=budget, limit=_LOWER, seed=seed).chosen
        chosen = chosen if lower is None else lower
    return build.rows.take(chosen)
