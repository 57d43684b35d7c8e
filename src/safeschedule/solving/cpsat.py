"""One CP-SAT run on a build: maximise one tier, the stronger ones held at what they reached."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.index import Bools
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import Objective


@dataclass(frozen=True)
class Answer:
    """What a run found.

    Parameters
    ----------
    chosen
        Which variables asked for are true in the best solution; ``None`` without one.
    objective, bound
        Of the maximised expression.
    infeasible
        Whether it was proven to have no solution.
    """

    chosen: Bools | None
    objective: int
    bound: float
    infeasible: bool = False


def terms(build: Build, objective: Objective) -> cp_model.LinearExprT:
    """Return an objective as an expression of the build's model."""
    variables = [build.model.get_int_var_from_proto_index(v) for _, v in objective]
    return cp_model.LinearExpr.weighted_sum(variables, [f for f, _ in objective])


def maximise(
    build: Build,
    objective: Objective,
    floors: Sequence[tuple[Objective, int]],
    asked: Sequence[Var],
    *,
    budget: Budget,
    limit: float,
    seed: int,
    workers: int,
    hint: Bools | None = None,
    bound: float = float("inf"),
    first: bool = False,
) -> Answer:
    """Maximise an objective over a build.

    Parameters
    ----------
    floors
        Objectives of stronger tiers and the least value of each.
    asked
        Variables whose values are wanted (rows, or plan entries).
    limit
        What this run may use, in the budget's unit.
    hint
        Values of `asked` to start from.
    bound
        What is proven elsewhere: the run ends as soon as it reaches this.
    first
        Whether the first solution is good enough.

    Raises
    ------
    ValueError
        The solver finds the model malformed, which is a fault of this package.
    """
    model = build.model
    for stronger, least in floors:
        model.add(terms(build, stronger) >= least)
    if bound < 2**50:
        model.add(terms(build, objective) <= int(bound))
    model.maximize(terms(build, objective))
    if hint is not None:
        for variable, value in zip(asked, hint.tolist(), strict=True):
            model.add_hint(variable, value)
    solver = _solver(budget, limit, seed, workers)
    solver.parameters.stop_after_first_solution = first
    status = _run(solver, model, budget)
    budget.spend(solver.deterministic_time)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(f"the solver refuses the model: {model.validate()}")
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, 0, float("inf"), infeasible=status == cp_model.INFEASIBLE)
    values = np.array([solver.value(variable) for variable in asked], dtype=np.int64) > 0
    best = round(solver.objective_value)
    return Answer(values, best, solver.best_objective_bound)


def small_solver(deterministic_limit: float | None = None) -> cp_model.CpSolver:
    """Return a solver for small questions whose answer must not depend on the machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if deterministic_limit is not None:
        solver.parameters.max_deterministic_time = deterministic_limit
    return solver


def _solver(budget: Budget, limit: float, seed: int, workers: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    # Whoever calls decides what an interrupt means; see Budget.stop.
    parameters.catch_sigint_signal = False
    parameters.random_seed = seed % 2**31
    parameters.num_workers = workers
    if budget.repeatable:
        parameters.max_deterministic_time = min(limit, budget.left)
        # The strategies of several workers take turns on one thread: run side by side, two that find
        # equally good solutions are taken in the order in which they happen to end.
        parameters.interleave_search = workers > 1
        parameters.num_workers = 1
    elif (seconds := min(limit, budget.left)) < float("inf"):
        parameters.max_time_in_seconds = max(0.01, seconds)
    return solver


def _run(solver: cp_model.CpSolver, model: cp_model.CpModel, budget: Budget) -> cp_model.CpSolverStatus:
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            if budget.stop.is_set():
                # Repeated, because a stop that comes before the search begins is lost.
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        return solver.solve(model)
    finally:
        done.set()
        watcher.join()
