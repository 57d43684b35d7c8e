"""The plan: who does what in which half-day, and what no schedule can exceed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.solving import milp
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import Answer, terms
from safeschedule.solving.objective import tier_objective

Runner = Callable[..., Answer]


@dataclass(frozen=True)
class Plan:
    """A plan of half-days.

    Parameters
    ----------
    mask
        Rows that the plan leaves: sessions in their planned half-day, all blocks, and pinned sessions.
    bounds
        Proven bounds of the tiers, strongest first, as far as they were found; each holds for schedules
        that reach `floors` in the stronger tiers.
    floors
        What the plan reaches in each tier but the last.
    infeasible
        Whether the plan layer, and so every schedule, is proven impossible.
    """

    mask: Bools
    bounds: list[float]
    floors: list[int]
    infeasible: bool = False


def make_plan(
    index: Index, rows: Rows, tiers: Sequence[Tier], budget: Budget, runner: Runner, share: float
) -> Plan:
    """Plan the half-days, tier by tier.

    With a deterministic limit CP-SAT plans (HiGHS knows no such limit), otherwise HiGHS does.
    """
    build = encode(index, rows, exact=False)
    planned: Bools | None = None
    bounds: list[float] = []
    floors: list[int] = []
    for level, tier in enumerate(tiers):
        if budget.over:
            break
        left = share * budget.whole - budget.used
        limit = max(left if level else 0.8 * left, 0.02 * budget.whole)
        objective = tier_objective(build, tier)
        if budget.repeatable:
            answer = runner(build, level, limit, build.plan_vars)
            found, bound, infeasible = answer.chosen, answer.bound, answer.infeasible
            value = answer.objective
        else:
            reply = milp.maximise(build.model, objective, seconds=min(limit, 3600.0))
            found = None if reply.values is None else reply.values[_plan_numbers(build)] > 0.5
            bound, infeasible = reply.bound, reply.infeasible
            value = 0 if reply.values is None else round(sum(f * reply.values[v] for f, v in objective))
        if infeasible and level == 0:
            return Plan(np.ones(len(rows), dtype=bool), [], [], infeasible=True)
        if found is None:
            break
        planned = found
        bounds.append(float(np.floor(bound + 1e-6)))
        floors.append(value)
        build.model.add(terms(build, objective) >= value)
    mask = np.ones(len(rows), dtype=bool) if planned is None else _leave(build, planned)
    return Plan(mask, bounds, floors)


def _plan_numbers(build: Build) -> list[int]:
    return [variable.index for variable in build.plan_vars]


def _leave(build: Build, planned: Bools) -> Bools:
    """Return the rows of planned sessions and of all blocks."""
    return ~build.rows.is_session | planned[build.plan_of_row]
