"""The flat peer: the whole exact model in one CP-SAT solve for each tier, without plan and neighbourhoods.

It is the model that a good engineer writes first. Rules, rows and verifier are those of SafeSchedule, so
that only the way of solving differs.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from safeschedule import Problem, verify
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.solving.cpsat import terms
from safeschedule.solving.objective import soft_tiers, tier_objective
from safeschedule.solving.progress import gap


class _First(cp_model.CpSolverSolutionCallback):
    """Notes when the first solution came."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began, self.first = began, None

    def on_solution_callback(self) -> None:
        """Note the time, once."""
        if self.first is None:
            self.first = time.monotonic() - self.began


def solve_flat(problem: Problem, *, time_limit: float, seed: int, workers: int) -> dict[str, Any]:
    """Solve tier after tier in what is left of the time; return the figures that the runner records."""
    began = time.monotonic()
    index = Index(problem)
    rows = candidates(index)
    build = encode(index, rows)
    seconds = {"build": time.monotonic() - began}
    told = _First(began)
    chosen, tiers = None, []
    for tier in soft_tiers(index.settings):
        left = time_limit - (time.monotonic() - began)
        objective = terms(build, tier_objective(build, tier))
        if left <= 0 and chosen is not None:
            tiers.append(_unsolved(tier, build, chosen, objective))
            continue
        build.model.maximize(objective)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = max(0.1, left)
        status = solver.solve(build.model, told)
        seconds[str(tier)] = solver.wall_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            if chosen is None:
                found = "infeasible" if status == cp_model.INFEASIBLE else "unknown"
                return _record(found, tiers, seconds | {"total": time.monotonic() - began}, told.first)
            tiers.append(_unsolved(tier, build, chosen, objective))
            continue
        chosen = np.array([solver.value(v) for v in build.row_vars], dtype=bool)
        reached, bound = round(solver.objective_value), float(np.floor(solver.best_objective_bound + 1e-6))
        tiers.append({"tier": str(tier), "objective": reached, "bound": bound, "gap": gap(reached, bound)})
        build.model.add(objective >= reached)
        build.model.clear_hints()
        for variable, value in zip(build.row_vars, chosen.tolist(), strict=True):
            build.model.add_hint(variable, value)
    seconds["total"] = time.monotonic() - began
    assert chosen is not None
    schedule = extract(index, rows.take(chosen))
    proven = all(tier["gap"] is not None and tier["gap"] <= 1e-9 for tier in tiers)
    return _record("optimal" if proven else "feasible", tiers, seconds, told.first) | {
        "placed": len(schedule.appointments),
        "verified": verify(problem, schedule).compliant,
    }


def _unsolved(tier: str, build: Any, chosen: Any, objective: Any) -> dict[str, Any]:
    """Return what the schedule at hand has in a tier for which no time was left; nothing is proven there."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    model = build.model.clone()
    for variable, value in zip(build.row_vars, chosen.tolist(), strict=True):
        model.add(variable == int(value))
    model.clear_hints()
    model.maximize(objective)
    solver.solve(model)
    return {"tier": str(tier), "objective": round(solver.objective_value), "bound": None, "gap": None}


def _record(
    status: str, tiers: list[dict[str, Any]], seconds: dict[str, float], first: float | None
) -> dict[str, Any]:
    return {
        "status": status,
        "tiers": tiers,
        "seconds": seconds,
        "first_schedule": first,
        "placed": 0,
        "verified": False,
    }
