"""The plan layer as a mixed-integer programme, solved by HiGHS through MathOpt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

_LOG = logging.getLogger(__name__)
_UNBOUNDED = 2**62


@dataclass(frozen=True)
class MilpAnswer:
    """What the programme says.

    Parameters
    ----------
    values
        One number for each variable of the CP-SAT model, or ``None`` without a solution.
    objective
        Of the values.
    bound
        Proven upper bound of the objective (infinite when unknown).
    infeasible
        Whether it was proven to have no solution.
    """

    values: npt.NDArray[np.float64] | None
    objective: float
    bound: float
    infeasible: bool


class Programme:
    """A CP-SAT model whose constraints are linear, at-most-one, or implications, as a MILP.

    Parameters
    ----------
    stop
        When set, a run ends at once without an answer; the programme must not be used again then.

    Raises
    ------
    ValueError
        The model has a constraint that is not translated; it is named.
    """

    def __init__(self, model: cp_model.CpModel, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()
        self._model, self._variables = translate(model)
        self._most = [variable.upper_bound for variable in self._variables]

    def hold(self, objective: Sequence[tuple[float, int]], least: float) -> None:
        """Keep an objective at least at a value."""
        self._model.add_linear_constraint(lb=least, expr=self._sum(objective))

    def solve(
        self,
        objective: Sequence[tuple[float, int]],
        *,
        seconds: float,
        relaxed: bool = False,
        out: npt.NDArray[np.int64] | None = None,
        relative_gap: float = 1e-6,
    ) -> MilpAnswer:
        """Maximise.

        Parameters
        ----------
        objective
            Pairs of factor and variable number.
        seconds
            Time limit.
        relaxed
            Whether to leave integrality out.
        out
            Variable numbers that must be 0 in this run.
        relative_gap
            The proven gap at which to stop.
        """
        self._restrict(out, relaxed)
        self._model.maximize(self._sum(objective))
        answer = self._run(seconds, relative_gap)
        if answer is None:
            return MilpAnswer(None, 0.0, float("inf"), infeasible=False)
        values, reached = None, 0.0
        if answer.has_primal_feasible_solution():
            values = np.array(answer.variable_values(self._variables), dtype=np.float64)
            reached = float(answer.objective_value())
        return MilpAnswer(
            values=values,
            objective=reached,
            bound=float(answer.termination.objective_bounds.dual_bound),
            infeasible=answer.termination.reason == mathopt.TerminationReason.INFEASIBLE,
        )

    def _run(self, seconds: float, relative_gap: float) -> mathopt.SolveResult | None:
        """Run HiGHS, or return ``None`` when told to stop or when it fails.

        HiGHS does not listen to MathOpt's interrupter, so it runs in a thread that is left to itself
        then; it ends at its time limit, or with the process.
        """
        parameters = mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(seconds, 0.05)), relative_gap_tolerance=relative_gap
        )
        found: list[mathopt.SolveResult] = []
        faults: list[Exception] = []
        done = threading.Event()

        def work() -> None:
            try:
                found.append(mathopt.solve(self._model, mathopt.SolverType.HIGHS, params=parameters))
            except Exception as fault:
                faults.append(fault)
            finally:
                done.set()

        threading.Thread(target=work, daemon=True).start()
        while not done.wait(0.05):
            if self._stop.is_set():
                return None
        if faults:
            # Seen on rare models without a solution; the search goes on without a plan then.
            _LOG.warning("HiGHS gave no answer: %s", faults[0])
            return None
        return found[0]

    def _sum(self, objective: Sequence[tuple[float, int]]) -> Any:
        return mathopt.fast_sum([f * self._variables[v] for f, v in objective])

    def _restrict(self, out: npt.NDArray[np.int64] | None, relaxed: bool) -> None:
        for variable, most in zip(self._variables, self._most, strict=True):
            variable.upper_bound = most
            variable.integer = not relaxed
        for number in [] if out is None else out.tolist():
            self._variables[number].upper_bound = 0.0


def translate(model: cp_model.CpModel) -> tuple[mathopt.Model, list[Any]]:
    """Return the model as a mixed-integer programme, and its variables in the same order."""
    programme = mathopt.Model()
    proto = model.proto
    variables: list[Any] = [
        programme.add_integer_variable(lb=float(v.domain[0]), ub=float(v.domain[1])) for v in proto.variables
    ]
    if any(len(variable.domain) != 2 for variable in proto.variables):
        raise ValueError("a variable of the plan layer has a domain with holes")
    for number, constraint in enumerate(proto.constraints):
        for terms, low, high in _rows_of(constraint, number):
            programme.add_linear_constraint(
                lb=low, ub=high, expr=mathopt.fast_sum([f * variables[v] for v, f in terms.items()])
            )
    return programme, variables


def _rows_of(constraint: Any, number: int) -> list[tuple[dict[int, float], float, float]]:
    """Return a constraint as (terms, lower, upper) rows; a negative literal is one less its variable."""
    inf = float("inf")
    if constraint.has_linear() and not len(constraint.enforcement_literal):
        linear = constraint.linear
        if len(linear.domain) != 2:
            raise ValueError(f"constraint {number} of the plan layer has a domain with holes")
        low, high = linear.domain[0], linear.domain[1]
        terms: dict[int, float] = {}
        for variable, factor in zip(linear.vars, linear.coeffs, strict=True):
            terms[variable] = terms.get(variable, 0.0) + factor
        rows = (terms, -inf if low < -_UNBOUNDED else float(low), inf if high > _UNBOUNDED else float(high))
        return [rows] if terms else []
    if constraint.has_at_most_one():
        return [_literals(constraint.at_most_one.literals, -inf, 1.0)]
    if constraint.has_bool_or() and not len(constraint.enforcement_literal):
        return [_literals(constraint.bool_or.literals, 1.0, inf)]
    if constraint.has_bool_and():
        premises = [~literal for literal in constraint.enforcement_literal]
        return [_literals([*premises, literal], 1.0, inf) for literal in constraint.bool_and.literals]
    raise ValueError(f"constraint {number} of the plan layer cannot be said as linear rows")


def _literals(literals: Sequence[int], low: float, high: float) -> tuple[dict[int, float], float, float]:
    terms: dict[int, float] = {}
    shift = 0.0
    for literal in literals:
        variable, factor = (literal, 1.0) if literal >= 0 else (~literal, -1.0)
        shift += literal < 0
        terms[variable] = terms.get(variable, 0.0) + factor
    return terms, low - shift, high - shift
