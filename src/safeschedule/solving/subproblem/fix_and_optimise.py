"""Frees some placements of a schedule, keeps the rest, and finds the best that can be made of them.

The idea is that of large neighbourhood search: P. Shaw, "Using constraint programming and local search
methods to solve vehicle routing problems", CP 1998, https://doi.org/10.1007/3-540-49481-2_30.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Ints
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, small_solver, watched
from safeschedule.solving.subproblem.cutting import Cut, around, cut
from safeschedule.solving.subproblem.encoded import PROVING, Engine
from safeschedule.solving.subproblem.lexicographic import weights_of
from safeschedule.solving.subproblem.posting import model_of
from safeschedule.solving.subproblem.whole import Assignment, Whole


@dataclass(frozen=True)
class Repaired:
    """What is best in a neighbourhood, as far as it was found.

    Parameters
    ----------
    variables, values
        The variables that were free, and their values now.
    gain
        By tier, strongest first: what it is better by.
    optimal
        Whether nothing in the neighbourhood is better (of the whole week only where every row was free).
    """

    variables: Ints
    values: Ints
    gain: tuple[int, ...]
    optimal: bool


def improve(
    whole: Whole,
    assignment: Assignment,
    free: Bools,
    tiers: Sequence[Tier],
    budget: Budget,
    limit: float,
    seed: int,
    caps: Sequence[tuple[Ints, float]] = (),
    engine: Engine = PROVING,
) -> Repaired | None:
    """Return the best that is found where these rows are free; ``None`` when nothing as good is found.

    Parameters
    ----------
    assignment
        What is kept where nothing is free; it keeps every constraint.
    free
        Rows of the week.
    tiers
        Strongest first.
    limit
        In the budget's unit.
    caps
        Factors by variable, and how much more than now they can be worth at most.
    """
    part = cut(whole, assignment, around(whole, free))
    if not len(part.variables):
        return Repaired(part.variables, part.variables, (0,) * len(tiers), optimal=True)
    factors, weights, exact = _goals(whole, part, tiers)
    now = assignment[part.variables]
    model = model_of(part.system)
    for cap, more in caps:
        own = cap[part.variables]
        if abs(more) < 2**50 and own.any():
            _bound(model, own, int(own @ now) + int(np.floor(more + 1e-6)))
    _aim(model, weights @ factors)
    model.proto.solution_hint.vars.extend(range(len(now)))
    model.proto.solution_hint.values.extend(now.tolist())
    solver = engine.solver(budget, limit, seed)
    status = run(solver, model, budget)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    values = np.array(solver.response_proto.solution, dtype=np.int64)
    gain = tuple((factors @ (values - now)).tolist())
    if gain < (0,) * len(gain):
        return None
    return Repaired(part.variables, values, gain, optimal=exact and status == cp_model.OPTIMAL)


def complete(whole: Whole, chosen: Bools, tiers: Sequence[Tier], budget: Budget) -> Assignment | None:
    """Return the assignment with exactly these rows, and whatever counts or measures them at its best.

    ``None`` where they break a constraint, or the budget was interrupted.
    """
    assignment = np.zeros(whole.variables, dtype=np.int64)
    assignment[whole.row_variable] = chosen
    part = cut(whole, assignment, np.flatnonzero(~whole.is_row))
    assignment[part.settled] = part.values
    if len(part.variables):
        factors, weights, _ = _goals(whole, part, tiers)
        model = model_of(part.system)
        _aim(model, weights @ factors)
        solver = small_solver()
        if watched(solver, model, budget) != cp_model.OPTIMAL:
            return None
        assignment[part.variables] = solver.response_proto.solution
    return assignment if whole.keeps(assignment, np.arange(whole.variables)) else None


def _goals(whole: Whole, part: Cut, tiers: Sequence[Tier]) -> tuple[Ints, Ints, bool]:
    """Return the factors of the free variables by tier, the tiers' weights, and whether these are exact."""
    factors = np.array([whole.factors[tier][part.variables] for tier in tiers])
    spans = (part.system.upper - part.system.lower).astype(np.int64)
    weights, exact = weights_of(factors, whole.request[part.variables], spans, whole.counts)
    return factors, np.array(weights), exact


def _bound(model: cp_model.CpModel, factors: Ints, most: int) -> None:
    linear = model.proto.constraints.add().linear
    some = np.flatnonzero(factors)
    linear.vars.extend(some.tolist())
    linear.coeffs.extend(factors[some].tolist())
    linear.domain.extend((-(2**62), most))


def _aim(model: cp_model.CpModel, factors: Ints) -> None:
    """Make the sum of these factors the objective, to be maximised."""
    objective, some = model.proto.objective, np.flatnonzero(factors)
    # CP-SAT minimises.
    objective.vars.extend(some.tolist())
    objective.coeffs.extend((-factors[some]).tolist())
    objective.scaling_factor = -1.0
