"""Placements of which some are free and the others kept, encoded, and solved for goals in order of strength.

Every engine that changes a part of a week and keeps the rest is a few calls of this one: say what is free
(`Part`), what is asked besides the rules (`Subproblem.count`), what counts (`Subproblem.aim`), from where to
start (`Subproblem.start`), and how long it may take (`Subproblem.solve`); then hold what was reached
(`Subproblem.hold`) and go on with what counts less.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.model.variables import Var
from safeschedule.problem import Setting
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, small_solver, solver_for, terms, watched
from safeschedule.solving.neighbourhood import Part
from safeschedule.solving.objective import (
    Objective,
    exact,
    ordered,
    step_of,
    weighted,
    weights_by_reach,
    weights_of,
)


@dataclass(frozen=True)
class Engine:
    """How CP-SAT is set.

    Parameters
    ----------
    workers
        Search workers.
    linearization
        Of one worker: how much of the linear relaxation it uses. By default to the full: of the strategies
        tried it alone proves weeks of up to four clinicians optimal in seconds, and several on few cores are
        slower than it alone. What is to be found soon, proven or not, is found by `PLAIN`.
    presolve
        Whether to simplify first: where any solution will do, it often takes longer than finding one.
    first
        Whether to end at the first solution.
    deterministic
        Whether the limit is in deterministic time, whatever the budget counts in: for small questions whose
        answer must not depend on the machine.
    """

    workers: int = 1
    linearization: int = 2
    presolve: bool = True
    first: bool = False
    deterministic: bool = False

    def solver(self, budget: Budget, limit: float, seed: int) -> cp_model.CpSolver:
        """Return a solver that is set so."""
        if self.deterministic:
            solver = small_solver(limit)
            solver.parameters.random_seed = seed % 2**31
            # As in `solver_for`: the fewest minutes of 30 clinicians' joint blocks are proven in 0.1 s so,
            # and not in 5 s with the usual settings.
            solver.parameters.linearization_level = self.linearization
            solver.parameters.cp_model_probing_level = 0
            return solver
        solver = solver_for(budget, limit, seed, self.workers)
        if self.workers == 1:
            solver.parameters.linearization_level = self.linearization
        solver.parameters.stop_after_first_solution = self.first
        solver.parameters.cp_model_presolve = self.presolve
        return solver


SMALL = Engine(deterministic=True)
"""For small questions."""
PLAIN = Engine(linearization=0, presolve=False)
"""For what is to be found soon: nothing is simplified before, and no linear relaxation is solved.

At 30 clinicians it finds the team's blocks after 0.9 to 3.3 s (the next of ten settings: 1.0 to 7.4 s),
proves a planned week of one clinician in 0.06 s (0.3 s with a relaxation and presolve), and has as good a
whole week after 0.5 s as those after 4 s. What it does not prove takes its limit: limits are short with it.
"""
PROVING = Engine()
"""For what is to be proven."""


@dataclass(frozen=True)
class Answer:
    """What was found.

    Parameters
    ----------
    chosen
        Which variables asked for are true in the best solution; ``None`` without one.
    assignment
        The values of all variables of the model in it.
    values
        Of the objectives, strongest first.
    bound
        Of the weighted sum of the objectives.
    optimal, infeasible
        What was proven.
    """

    chosen: Bools | None
    assignment: Ints | None = None
    values: tuple[int, ...] = ()
    bound: float = float("inf")
    optimal: bool = False
    infeasible: bool = False


class Subproblem:
    """A build to be maximised for several objectives in order of strength.

    Parameters
    ----------
    build
        The placements and the rules that hold; objectives, hints and what is asked besides are put on it.
    objectives
        Strongest first (see `aim`); ``None``: the solver is told of none, and any solution will do.
    asked
        Variables whose values are wanted (rows, or plan entries); ``None``: of all rows.
    hint
        Values of `asked` to start from.
    """

    def __init__(
        self,
        build: Build,
        objectives: Sequence[Objective] | None = None,
        asked: Sequence[Var] | None = None,
        hint: Bools | None = None,
    ) -> None:
        self.build = build
        asked = build.row_vars if asked is None else asked
        self._asked: Ints = np.array([variable.index for variable in asked], dtype=np.int64)
        self.objectives: Sequence[Objective] = ()
        self._exact = True
        if objectives is not None:
            self.aim(objectives)
        if hint is not None:
            self.start(hint)

    @classmethod
    def of(
        cls, index: Index, rows: Rows, part: Part, settings: Mapping[str, Setting] | None = None
    ) -> Subproblem:
        """Return a part of rows, with all rules of the rulebook or some.

        Raises
        ------
        InterruptedWorkError
            The index says that it is time to end.
        """
        some = rows.take(part.numbers)
        return cls(encode(index, some, fixed=part.fixed, settings=settings, people=part.people))

    # What is asked besides the rules.

    def count(
        self, chosen: Bools, least: int | None = None, most: int | None = None, only_if: Var | None = None
    ) -> None:
        """Hold the number of these rows of the build that are chosen within bounds."""
        total = cp_model.LinearExpr.sum([self.build.row_vars[n] for n in np.flatnonzero(chosen).tolist()])
        bounds = [] if least is None else [total == least if least == most else total >= least]
        if most is not None and most != least:
            bounds.append(total <= most)
        for bound in bounds:
            held = self.build.model.add(bound)
            if only_if is not None:
                held.only_enforce_if(only_if)

    def hold(self, objective: Objective, least: int) -> None:
        """Hold an objective from below."""
        self.build.model.add(terms(self.build, objective) >= least)

    def cap(self, objectives: Sequence[Objective], caps: Sequence[float]) -> None:
        """Tell what objectives cannot exceed, as far as it is known (a known one makes proofs short)."""
        for objective, most in zip(objectives, caps, strict=False):
            if abs(most) < 2**50:
                self.build.model.add(terms(self.build, objective) <= floor(most + 1e-6))

    # What counts, and from where to start.

    def aim(self, objectives: Sequence[Objective], reaches: Sequence[int] | None = None) -> bool:
        """Maximise these from now on, the first foremost; return whether their one sum orders them strictly.

        Parameters
        ----------
        reaches
            What each can differ by, where it is known to be less than the variables say one by one.
        """
        self.objectives = objectives
        if reaches is None:
            weights = weights_of(self.build, objectives)
            self._exact = exact(self.build, objectives, weights)
        else:
            weights = weights_by_reach([1] * len(objectives), reaches, None)
            self._exact = ordered([step_of(each) for each in objectives], reaches, weights)
        self.build.model.maximize(terms(self.build, weighted(objectives, weights)))
        return self._exact

    def start(self, hint: Bools) -> None:
        """Start from these values of the variables asked for."""
        self._hint(self._asked.tolist(), hint.astype(np.int64).tolist())

    def go_on(self, answer: Answer) -> None:
        """Start from all of a solution."""
        if answer.assignment is not None:
            self._hint(range(len(answer.assignment)), answer.assignment.tolist())

    def _hint(self, numbers: Sequence[int], values: Sequence[int]) -> None:
        """Make these values of variables the hint; one by one takes longer than building the part."""
        model = self.build.model
        model.proto.clear_solution_hint()
        model.proto.solution_hint.vars.extend(numbers)
        model.proto.solution_hint.values.extend(values)

    # Answers.

    def of_hint(self, budget: Budget | None = None) -> tuple[int, ...] | None:
        """Return the objectives' values at the hint made complete; ``None`` as in `complete`."""
        found = self.complete(budget)
        return None if found is None else self.values_of(found)

    def complete(self, budget: Budget | None = None) -> Ints | None:
        """Return all values at the hint, or ``None`` when it breaks a hard rule (or time is up).

        They are the hint then: with parts of one, a run may end before it has found the rest.
        """
        solver = small_solver()
        solver.parameters.fix_variables_to_their_hinted_value = True
        budget = budget or Budget(None, None, threading.Event())
        if watched(solver, self.build.model, budget) != cp_model.OPTIMAL:
            return None
        found = np.array(solver.response_proto.solution, dtype=np.int64)
        self._hint(range(len(found)), found.tolist())
        return found

    def solve(self, *, budget: Budget, limit: float, seed: int, engine: Engine = PROVING) -> Answer:
        """Maximise within `limit`, which is in the budget's unit (but see `Engine`).

        Raises
        ------
        ValueError
            The solver finds the model malformed, which is a fault of this package.
        """
        solver = engine.solver(budget, limit, seed)
        status = run(solver, self.build.model, budget)
        if status == cp_model.MODEL_INVALID:
            raise ValueError(f"the solver refuses the model: {self.build.model.validate()}")
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, infeasible=status == cp_model.INFEASIBLE)
        found = np.array(solver.response_proto.solution, dtype=np.int64)
        return Answer(
            chosen=found[self._asked] > 0,
            assignment=found,
            values=self.values_of(found),
            bound=solver.best_objective_bound,
            optimal=status == cp_model.OPTIMAL and self._exact,
        )

    def values_of(self, assignment: Ints) -> tuple[int, ...]:
        """Return the objectives' values in a solution."""
        return tuple(value_of(objective, assignment) for objective in self.objectives)


def value_of(objective: Objective, assignment: Ints) -> int:
    """Return an objective's value in a solution."""
    factors, variables = np.array(objective, dtype=np.int64).reshape(-1, 2).T
    return int(factors @ assignment[variables])
