"""A linear programme in MathOpt: maximised for one objective after the other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from safeschedule_mathopt.linear import Floats, Ints, Linear

Objective = Sequence[tuple[int, int]]
"""Pairs of factor and variable number."""

_REFUSED = (mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED)


@dataclass(frozen=True)
class Answer:
    """What a run found.

    Parameters
    ----------
    values
        Of all variables: whole numbers that break no bound, but for relaxed runs; ``None`` without any.
    objective
        Of the values; 0 when they need not be whole.
    bound
        What no solution exceeds, as the engine proved it; infinite when unknown.
    infeasible
        Whether the engine found that there is no solution.
    note
        A plain sentence when something went wrong.
    """

    values: Floats | None = None
    objective: int = 0
    bound: float = float("inf")
    infeasible: bool = False
    note: str = ""


class Programme:
    """A linear programme, kept in MathOpt between runs.

    Parameters
    ----------
    engine
        Which of MathOpt's solvers runs.
    listens
        Whether that solver can be interrupted. One that cannot is left to itself when `stop` is set.
    """

    def __init__(
        self, linear: Linear, engine: mathopt.SolverType, *, listens: bool, stop: threading.Event
    ) -> None:
        self._linear, self._engine, self._listens, self._stop = linear, engine, listens, stop
        self._model = mathopt.Model.from_model_proto(_message(linear))
        self._variables = sorted(self._model.variables(), key=lambda variable: variable.id)

    def hold(self, objective: Objective, least: int) -> None:
        """Keep an objective at least at a value from now on."""
        self._model.add_linear_constraint(lb=least, expr=self._sum(objective))

    def relax(self, objective: Objective, parameters: mathopt.SolveParameters) -> Answer:
        """Return the best solution that need not be whole: its bound holds, and good ones are near."""
        for variable in self._variables:
            variable.integer = False
        try:
            return self._maximise(objective, parameters, None, whole=False)
        finally:
            for variable in self._variables:
                variable.integer = True

    def maximise(
        self,
        objective: Objective,
        parameters: mathopt.SolveParameters,
        *,
        hint: Floats | None = None,
        out: Ints | None = None,
    ) -> Answer:
        """Return the best solution that the engine finds within its parameters.

        Parameters
        ----------
        hint
            A solution to start from.
        out
            Numbers of variables that have to be 0; the bound then holds for such solutions only.
        """
        numbers = [] if out is None else out.tolist()
        for number in numbers:
            self._variables[number].upper_bound = 0.0
        try:
            return self._maximise(objective, parameters, hint, whole=True)
        finally:
            for number in numbers:
                self._variables[number].upper_bound = float(self._linear.high[number])

    def _maximise(
        self, objective: Objective, parameters: mathopt.SolveParameters, hint: Floats | None, *, whole: bool
    ) -> Answer:
        self._model.maximize(self._sum(objective))
        try:
            result = self._run(parameters, hint)
        except Exception as error:
            # MathOpt raises whatever its engine failed on; the best of earlier runs stays good.
            return Answer(note=f"A run of the engine failed: {error}.")
        if result is None:
            return Answer()
        bound = float(result.termination.objective_bounds.dual_bound)
        if result.termination.reason in _REFUSED:
            return Answer(infeasible=True)
        if not result.has_primal_feasible_solution():
            return Answer(bound=bound)
        values: Floats = np.array(result.variable_values(self._variables), dtype=np.float64)
        if not whole:
            return Answer(values, 0, bound)
        values = np.rint(values)
        if broken := self._linear.broken(values):
            return Answer(bound=bound, note=f"The engine's solution breaks {broken} rows when rounded.")
        reached = round(sum(factor * values[variable] for factor, variable in objective))
        return Answer(values, reached, bound)

    def _run(self, parameters: mathopt.SolveParameters, hint: Floats | None) -> mathopt.SolveResult | None:
        """Run the engine; return ``None`` when told to stop and it does not listen."""
        found: list[mathopt.SolveResult] = []
        faults: list[Exception] = []
        interrupter = SolveInterrupter() if self._listens else None
        done = threading.Event()
        start = mathopt.ModelSolveParameters()
        if hint is not None:
            values = dict(zip(self._variables, hint.tolist(), strict=True))
            start.solution_hints.append(mathopt.SolutionHint(variable_values=values))

        def work() -> None:
            try:
                result = mathopt.solve(
                    self._model,
                    self._engine,
                    params=parameters,
                    model_params=start,
                    interrupter=interrupter,
                )
                found.append(result)
            except Exception as error:
                faults.append(error)
            finally:
                done.set()

        threading.Thread(target=work, daemon=True).start()
        while not done.wait(0.05):
            if self._stop.is_set():
                if interrupter is None:
                    return None
                interrupter.interrupt()
        if faults:
            raise faults[0]
        return found[0]

    def _sum(self, objective: Objective) -> mathopt.LinearSum:
        return mathopt.fast_sum([factor * self._variables[variable] for factor, variable in objective])


def parameters_of(
    engine: mathopt.SolverType, *, seconds: float | None, seed: int, workers: int, gap: float
) -> mathopt.SolveParameters:
    """Return a run's parameters. All values are whole, so that a distance below 1 is none."""
    return mathopt.SolveParameters(
        time_limit=None if seconds is None else timedelta(seconds=max(seconds, 0.05)),
        random_seed=seed % 2**31,
        relative_gap_tolerance=gap,
        absolute_gap_tolerance=0.99,
        # HiGHS and SCIP refuse a number of threads.
        threads=workers if engine is mathopt.SolverType.GUROBI else None,
    )


def _message(linear: Linear) -> model_pb2.ModelProto:
    """Return the programme as MathOpt's message, written from arrays: one call a row takes far longer."""
    message = model_pb2.ModelProto()
    variables, rows, matrix = message.variables, message.linear_constraints, message.linear_constraint_matrix
    variables.ids.extend(range(len(linear.low)))
    variables.lower_bounds.extend(linear.low.tolist())
    variables.upper_bounds.extend(linear.high.tolist())
    variables.integers.extend([True] * len(linear.low))
    rows.ids.extend(range(len(linear.least)))
    rows.lower_bounds.extend(linear.least.tolist())
    rows.upper_bounds.extend(linear.most.tolist())
    matrix.row_ids.extend(linear.row.tolist())
    matrix.column_ids.extend(linear.column.tolist())
    matrix.coefficients.extend(linear.factor.tolist())
    return message
