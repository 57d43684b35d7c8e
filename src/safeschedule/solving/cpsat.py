"""One CP-SAT run on a build."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.index import Bools
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import Objective, exact, weighted, weights_of

# Seconds between two looks whether to end a run.
_LOOK = 0.05


@dataclass(frozen=True)
class Answer:
    """What a run found.

    Parameters
    ----------
    chosen
        Which variables asked for are true in the best solution; ``None`` without one.
    values
        Of the objectives, strongest first.
    levels
        Of the build's team levels.
    bound
        Of the weighted sum of the objectives.
    optimal, infeasible
        What was proven.
    """

    chosen: Bools | None
    values: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()
    bound: float = float("inf")
    optimal: bool = False
    infeasible: bool = False


def terms(build: Build, objective: Objective) -> cp_model.LinearExprT:
    """Return an objective as an expression of the build's model."""
    variables = [build.model.get_int_var_from_proto_index(v) for _, v in objective]
    return cp_model.LinearExpr.weighted_sum(variables, [f for f, _ in objective])


class Run:
    """A build to be maximised for several objectives in order of strength.

    Parameters
    ----------
    build
        The model; objective and hints are put on it.
    objectives
        Strongest first; they become one weighted sum that orders solutions as they do.
    asked
        Variables whose values are wanted (rows, or plan entries).
    hint
        Values of `asked` to start from.
    """

    def __init__(
        self, build: Build, objectives: Sequence[Objective], asked: Sequence[Var], hint: Bools | None = None
    ) -> None:
        self.build, self.objectives, self.asked, self.hint = build, objectives, asked, hint
        self.weights = weights_of(build, objectives)
        build.model.maximize(terms(build, weighted(objectives, self.weights)))
        if hint is not None:
            _hint(build.model, [variable.index for variable in asked], hint.astype(np.int64).tolist())

    def cap(self, objectives: Sequence[Objective], caps: Sequence[float]) -> None:
        """Tell what objectives cannot exceed, as far as it is known (a known one makes proofs short)."""
        for objective, most in zip(objectives, caps, strict=False):
            if abs(most) < 2**50:
                self.build.model.add(terms(self.build, objective) <= floor(most + 1e-6))

    def of_hint(self, budget: Budget | None = None) -> tuple[int, ...] | None:
        """Return the objectives' values at the hint, or ``None`` when it breaks a hard rule (or time is up).

        The hint is made complete: with parts of one, a run may end before it has found the rest.
        """
        solver = small_solver()
        solver.parameters.fix_variables_to_their_hinted_value = True
        model = self.build.model
        if watched(solver, model, budget or Budget(None, None, threading.Event())) != cp_model.OPTIMAL:
            return None
        _hint(model, range(len(model.proto.variables)), list(solver.response_proto.solution))
        return self.values_of(solver)

    def solve(
        self,
        *,
        budget: Budget,
        limit: float,
        seed: int,
        workers: int = 1,
        first: bool = False,
        presolve: bool = True,
        linearization: int = 2,
    ) -> Answer:
        """Maximise within `limit` (in the budget's unit); with `first`, take the first solution.

        One worker uses the linear relaxation, by default to the full: of the strategies tried it alone proves
        weeks of one to four clinicians optimal in seconds, and several on few cores are slower than it alone.
        Probing costs it more time than it saves.

        Raises
        ------
        ValueError
            The solver finds the model malformed, which is a fault of this package.
        """
        solver = solver_for(budget, limit, seed, workers)
        if workers == 1:
            solver.parameters.linearization_level = linearization
        solver.parameters.stop_after_first_solution = first
        solver.parameters.cp_model_presolve = presolve
        status = run(solver, self.build.model, budget)
        if status == cp_model.MODEL_INVALID:
            raise ValueError(f"the solver refuses the model: {self.build.model.validate()}")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, infeasible=status == cp_model.INFEASIBLE)
        return Answer(
            chosen=np.array([solver.value(variable) for variable in self.asked], dtype=np.int64) > 0,
            values=self.values_of(solver),
            levels=tuple(solver.value(level) for level in self.build.team_levels),
            bound=solver.best_objective_bound,
            optimal=status == cp_model.OPTIMAL and exact(self.build, self.objectives, self.weights),
        )

    def values_of(self, solver: cp_model.CpSolver) -> tuple[int, ...]:
        """Return the objectives' values in a solver's solution."""
        return tuple(
            sum(f * solver.value(self.build.model.get_int_var_from_proto_index(v)) for f, v in objective)
            for objective in self.objectives
        )


def _hint(model: cp_model.CpModel, numbers: Sequence[int], values: Sequence[int]) -> None:
    """Make these values of variables the hint; one by one takes longer than building the part."""
    model.proto.clear_solution_hint()
    model.proto.solution_hint.vars.extend(numbers)
    model.proto.solution_hint.values.extend(values)


def small_solver(deterministic_limit: float | None = None) -> cp_model.CpSolver:
    """Return a solver for small questions whose answer must not depend on the machine."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False
    if deterministic_limit is not None:
        solver.parameters.max_deterministic_time = deterministic_limit
    return solver


def solver_for(budget: Budget, limit: float, seed: int, workers: int) -> cp_model.CpSolver:
    """Return a solver with the settings of the search (see `Run.solve`)."""
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
