"""CP-SAT: its settings, and runs that can be ended in the middle."""

from __future__ import annotations

import threading

from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import Objective

# Seconds between two looks whether to end a run.
_LOOK = 0.05


def terms(build: Build, objective: Objective) -> cp_model.LinearExprT:
    """Return an objective as an expression of the build's model."""
    variables = [build.model.get_int_var_from_proto_index(v) for _, v in objective]
    return cp_model.LinearExpr.weighted_sum(variables, [f for f, _ in objective])


def small_solver(deterministic_limit: float | None = None) -> cp_model.CpSolver:
    """Return a solver for small questions whose answer must not depend on the machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if deterministic_limit is not None:
        solver.parameters.max_deterministic_time = deterministic_limit
    return solver


def solver_for(budget: Budget, limit: float, seed: int, workers: int) -> cp_model.CpSolver:
    """Return a solver with the settings of the search; probing costs one worker more than it saves."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    # Whoever calls decides what an interrupt means; see Budget.stop.
    parameters.catch_sigint_signal = False
    parameters.random_seed = seed % 2**31
    parameters.num_workers = workers
    if workers == 1:
        parameters.linearization_level = 2
        parameters.cp_model_probing_level = 0
    if budget.repeatable:
        parameters.max_deterministic_time = max(0.0, min(limit, budget.left))
        # The strategies of several workers take turns on one thread: run side by side, two that find
        # equally good solutions are taken in the order in which they happen to end.
        parameters.interleave_search = workers > 1
        parameters.num_workers = 1
    elif limit < float("inf"):
        parameters.max_time_in_seconds = max(0.01, limit)
    return solver


def run(solver: cp_model.CpSolver, model: cp_model.CpModel, budget: Budget) -> cp_model.CpSolverStatus:
    """Solve until the end, a limit, or the budget's end; the deterministic time is booked."""
    if budget.interrupted:
        return cp_model.UNKNOWN
    status = watched(solver, model, budget)
    budget.spend(solver.deterministic_time)
    return status


def watched(solver: cp_model.CpSolver, model: cp_model.CpModel, budget: Budget) -> cp_model.CpSolverStatus:
    """Solve until the end, the solver's own limit, or until the budget is interrupted."""
    if budget.wall_left < solver.parameters.max_time_in_seconds:
        solver.parameters.max_time_in_seconds = max(0.01, budget.wall_left)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(_LOOK):
            if budget.interrupted:
                # Repeated, because a stop that comes before the search begins is lost.
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = solver.solve(model)
    finally:
        done.set()
        watcher.join()
    return status
