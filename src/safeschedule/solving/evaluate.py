"""What the model says of rows that are already decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.cpsat import small_solver


def amounts_of(build: Build) -> dict[str, int] | None:
    """Return each soft rule's least amount, or ``None`` when the hard rules are not kept.

    Meant for builds whose rows are all fixed: then only slack is left to decide, and as no two rules
    share any, the least sum is the least of each.
    """
    pairs = [(name, factor, variable) for name, terms in build.amounts.items() for factor, variable in terms]
    total = cp_model.LinearExpr.weighted_sum([v for _, _, v in pairs], [f for _, f, _ in pairs])
    build.model.minimize(total)
    solver = small_solver()
    if solver.solve(build.model) != cp_model.OPTIMAL:
        return None
    soft = [name for name, setting in build.index.settings.items() if not setting.hard]
    found = {name: build.constants.get(name, 0) for name in soft}
    for name, factor, variable in pairs:
        found[name] = found.get(name, 0) + factor * solver.value(variable)
    return found


@dataclass(frozen=True)
class Worth:
    """What chosen rows are worth, by soft rule.

    Parameters
    ----------
    penalties
        The amount times the weight.
    values
        The part of the objective: the negated penalty, constants left out as everywhere. Placed sessions
        thus earn their value instead of sparing it.
    """

    penalties: dict[str, int]
    values: dict[str, int]


def worth_of(index: Index, rows: Rows) -> Worth | None:
    """Return what chosen rows are worth, or ``None`` when they do not keep the model's hard rules."""
    build = encode(index, rows, fixed=np.ones(len(rows), dtype=bool))
    amounts = amounts_of(build)
    if amounts is None:
        return None
    penalties = {name: index.settings[name].weight * amount for name, amount in amounts.items()}
    spared = {name: index.settings[name].weight * build.constants.get(name, 0) for name in amounts}
    return Worth(penalties, {name: spared[name] - penalty for name, penalty in penalties.items()})


def values_of(index: Index, rows: Rows) -> dict[str, int]:
    """Return each soft rule's part of the objective for chosen rows.

    Raises
    ------
    ValueError
        The rows do not keep the model's hard rules.
    """
    worth = worth_of(index, rows)
    if worth is None:
        raise ValueError("the rows do not keep the hard rules")
    return worth.values
