"""The flat peer: the whole exact model, one CP-SAT solve for each tier, without plan and neighbourhoods.

It is the model that a good engineer writes first: one Boolean for each request, clinician and start, and
nobody is held twice. Rules, rows and verifier are those of SafeSchedule, so that only the way of solving
differs.
"""

from __future__ import annotations

import time
from typing import ClassVar

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.cpsat import terms
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.outcome import Phase
from safeschedule.solving.progress import Progress
from safeschedule.solving.tiers import soft_tiers

_SHARE = 0.85
"""Of the time that is left, what a tier may use while weaker ones wait."""


class Flat:
    """One CP-SAT model of everything, tier after tier, each from the solution of the one before."""

    name: ClassVar[str] = "flat"

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Return the best schedule within the limits."""
        run = _Run(problem, limits)
        tiers = soft_tiers(run.index.settings)
        for level, tier in enumerate(tiers):
            objective = terms(run.build, tier_objective(run.build, tier))
            if not run.improve(str(tier), objective, 1.0 if level + 1 == len(tiers) else _SHARE):
                break
        phases = tuple(run.phases)
        if run.values is None:
            return Found(None, infeasible=run.infeasible, phases=phases)
        chosen = np.array([run.values[v.index] for v in run.build.row_vars], dtype=np.int64) > 0
        return Found(extract(run.index, run.rows.take(chosen)), bounds=tuple(run.bounds), phases=phases)


class _Run:
    """The model, and what is known of it so far."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.began, self.limits = time.monotonic(), limits
        self.index = Index(problem)
        self.rows = candidates(self.index)
        self.build: Build = encode(self.index, self.rows)
        self.values: list[int] | None = None
        self.bounds: list[float] = []
        self.reached = 0
        self.infeasible = False
        self.phases = [Phase("build", self.elapsed)]

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    def improve(self, name: str, objective: cp_model.LinearExprT, share: float) -> bool:
        """Maximise a tier, then hold it there; return whether there is a solution to go on from."""
        model, since = self.build.model, self.elapsed
        left = (self.limits.time_limit or float("inf")) - since
        if self.limits.stop.is_set() or (left <= 0 and self.values is not None):
            return False
        model.maximize(objective)
        solver = _solver(self.limits, max(0.1, share * left))
        watch = _Watch(self)
        solver.best_bound_callback = watch.on_bound
        status = solver.solve(model, watch)
        solved = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        if solved:
            best = round(solver.objective_value)
            self.bounds.append(float(np.floor(solver.best_objective_bound + 1e-6)))
            self.reached += best
            self._hold(objective, best, solver)
        self.infeasible = status == cp_model.INFEASIBLE and self.values is None
        self.phases.append(Phase(name, self.elapsed - since, float(self.reached) if solved else None))
        return solved

    def _hold(self, objective: cp_model.LinearExprT, best: int, solver: cp_model.CpSolver) -> None:
        model = self.build.model
        model.add(objective >= best)
        # A hint for every variable is a solution at once; one for the rows alone would have to be completed.
        variables = [model.get_int_var_from_proto_index(n) for n in range(len(model.proto.variables))]
        self.values = [solver.value(variable) for variable in variables]
        model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in zip(variables, self.values, strict=True):
            model.add_hint(variable, value)


def _solver(limits: Limits, seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = limits.workers
    parameters.random_seed = limits.seed % 2**31
    parameters.catch_sigint_signal = False
    if limits.deterministic_limit is not None:
        parameters.max_deterministic_time = limits.deterministic_limit
    if seconds < float("inf"):
        parameters.max_time_in_seconds = seconds
    return solver


class _Watch(cp_model.CpSolverSolutionCallback):
    """Tells of each better schedule and of each better bound, stronger tiers included."""

    def __init__(self, run: _Run) -> None:
        super().__init__()
        self.run, self.before = run, run.reached
        self.best: float | None = None
        self.bound = float("inf")

    def on_solution_callback(self) -> None:
        """Tell of a solution."""
        self.best = self.objective_value
        self.on_bound(self.best_objective_bound)

    def on_bound(self, bound: float) -> None:
        """Tell of a bound."""
        self.bound = min(self.bound, bound)
        limits = self.run.limits
        if limits.stop.is_set():
            self.stop_search()
        if limits.on_progress is not None:
            best = None if self.best is None else self.before + self.best
            limits.on_progress(Progress("solve", self.run.elapsed, best, self.before + self.bound))
