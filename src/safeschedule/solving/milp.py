"""The plan layer as a mixed-integer programme, solved by HiGHS through MathOpt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

_UNBOUNDED = 2**62


@dataclass(frozen=True)
class MilpAnswer:
    """What the programme says.

    Parameters
    ----------
    values
        One number for each variable of the CP-SAT model, or ``None`` without a solution.
    bound
        Proven upper bound of the objective (infinite when unknown).
    infeasible
        Whether it was proven to have no solution.
    """

    values: npt.NDArray[np.float64] | None
    bound: float
    infeasible: bool


def maximise(
    model: cp_model.CpModel,
    objective: Sequence[tuple[int, int]],
    *,
    seconds: float,
    relative_gap: float = 1e-6,
) -> MilpAnswer:
    """Maximise over a CP-SAT model whose constraints are linear, at-most-one, or implications.

    Parameters
    ----------
    objective
        Pairs of factor and variable number.
    seconds
        Time limit.
    relative_gap
        The proven gap at which to stop.

    Raises
    ------
    ValueError
        The model has a constraint that is not translated; it is named.
    """
    programme, variables = translate(model)
    programme.maximize(mathopt.fast_sum([f * variables[v] for f, v in objective]))
    answer = mathopt.solve(
        programme,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(
            time_limit=timedelta(seconds=max(seconds, 0.05)), relative_gap_tolerance=relative_gap
        ),
    )
    reason = answer.termination.reason
    values = None
    if answer.has_primal_feasible_solution():
        values = np.array(answer.variable_values(variables), dtype=np.float64)
    return MilpAnswer(
        values=values,
        bound=float(answer.termination.objective_bounds.dual_bound),
        infeasible=reason == mathopt.TerminationReason.INFEASIBLE,
    )


def translate(model: cp_model.CpModel) -> tuple[mathopt.Model, list[Any]]:
    """Return the model as a mixed-integer programme, and its variables in the same order."""
    programme = mathopt.Model()
    proto = model.proto
    variables: list[Any] = [
        programme.add_integer_variable(lb=float(v.domain[0]), ub=float(v.domain[1])) for v in proto.variables
    ]
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
