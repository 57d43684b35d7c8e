"""A CP-SAT model's constraints as one linear system, in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Ints
from safeschedule.model.interrupting import InterruptibleModel

Floats = npt.NDArray[np.float64]
_UNBOUNDED = 2**62
# Constraints between two questions whether to end.
_MANY = 512

Row = tuple[Sequence[tuple[float, int]], float, float]
"""Pairs of factor and variable, least, most."""


@dataclass(frozen=True)
class Linear:
    """Rows low <= A x <= high over variables lower <= x <= upper; A by its entries, row after row.

    Parameters
    ----------
    row, column, factor
        Of each entry of A.
    low, high
        Of each row; infinite where there is none.
    lower, upper
        Of each variable.
    """

    row: Ints
    column: Ints
    factor: Floats
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.low)

    def with_rows(self, rows: Sequence[Row]) -> Linear:
        """Return the system with more rows."""
        lengths = [len(terms) for terms, _, _ in rows]
        return replace(
            self,
            row=np.append(self.row, np.repeat(np.arange(self.rows, self.rows + len(rows)), lengths)),
            column=np.append(self.column, [v for terms, _, _ in rows for _, v in terms]).astype(np.int64),
            factor=np.append(self.factor, [float(f) for terms, _, _ in rows for f, _ in terms]),
            low=np.append(self.low, [low for _, low, _ in rows]),
            high=np.append(self.high, [high for _, _, high in rows]),
        )

    def of_columns(self, kept: Bools, values: Floats) -> tuple[Linear, Ints]:
        """Return the system over the kept variables, the others at `values`, and which rows it has.

        Rows that hold none of the kept variables are left out.
        """
        inside = kept[self.column]
        rows = np.unique(self.row[inside])
        number = np.cumsum(kept) - 1
        rest = np.bincount(
            self.row[~inside], self.factor[~inside] * values[self.column[~inside]], minlength=self.rows
        )
        system = Linear(
            row=np.searchsorted(rows, self.row[inside]),
            column=number[self.column[inside]],
            factor=self.factor[inside],
            low=self.low[rows] - rest[rows],
            high=self.high[rows] - rest[rows],
            lower=self.lower[kept],
            upper=self.upper[kept],
        )
        return system, rows

    def of_rows(self, kept: Bools) -> Linear:
        """Return the system with the kept rows alone."""
        entries = kept[self.row]
        number = np.cumsum(kept) - 1
        return replace(
            self,
            row=number[self.row[entries]],
            column=self.column[entries],
            factor=self.factor[entries],
            low=self.low[kept],
            high=self.high[kept],
        )

    def oriented(self, factors: Floats, duals: Floats) -> Floats:
        """Return multipliers with the sign with which they bound `factors` best (solvers differ in it)."""
        return duals if self._weak_dual(factors, duals) <= self._weak_dual(factors, -duals) else -duals

    def dual_bound(self, factors: Floats, duals: Floats) -> float:
        """Return what `factors` cannot exceed over the system, whatever numbers `duals` are.

        Every vector of multipliers bounds a maximum (weak duality), so tolerances of whoever found it do
        no harm; multipliers with the wrong sign for a row without that limit count as 0.
        """
        return min(self._weak_dual(factors, sign * duals) for sign in (1.0, -1.0))

    def _weak_dual(self, factors: Floats, duals: Floats) -> float:
        constant, gain = self.priced(factors, duals)
        return constant + float(gain @ np.where(gain > 0, self.upper, self.lower))

    def priced(self, factors: Floats, duals: Floats) -> tuple[float, Floats]:
        """Return what the rows' limits cost at these prices, and what is left to gain by variable.

        No values that keep the rows earn more in `factors` than the one and what they gain in the other.
        """
        duals = np.where((duals > 0) & np.isinf(self.high), 0.0, duals)
        duals = np.where((duals < 0) & np.isinf(self.low), 0.0, duals)
        limits = np.where(duals > 0, self.high, self.low)
        held = duals != 0
        gain = factors - np.bincount(self.column, self.factor * duals[self.row], minlength=len(self.lower))
        return float(duals[held] @ limits[held]), gain

    def of_rows_kept(self, some: Ints, values: Floats, tolerance: float = 1e-6) -> bool:
        """Return whether values keep all rows but `some`."""
        sums = np.bincount(self.row, self.factor * values[self.column], minlength=self.rows)
        within = (sums >= self.low - tolerance) & (sums <= self.high + tolerance)
        within[some] = True
        return bool(within.all())

    def kept_by(self, values: Floats, tolerance: float = 1e-6) -> bool:
        """Return whether values keep every row and every variable's bounds."""
        within = self.of_rows_kept(np.zeros(0, dtype=np.int64), values, tolerance)
        inside = (values >= self.lower - tolerance) & (values <= self.upper + tolerance)
        return within and bool(inside.all())


def linear_of(model: cp_model.CpModel) -> Linear:
    """Return the constraints of a CP-SAT model: linear ones, at-most-one, clauses and implications.

    Raises
    ------
    ValueError
        The model has a constraint of another kind; its number is named.
    InterruptedWorkError
        Whoever has the model made wants it no more.
    """
    proto = model.proto
    if any(len(variable.domain) != 2 for variable in proto.variables):
        raise ValueError("a variable of the plan layer has a domain with holes")
    lengths: list[int] = []
    columns: list[int] = []
    factors: list[float] = []
    low: list[float] = []
    high: list[float] = []
    for number, constraint in enumerate(proto.constraints):
        if number % _MANY == 0 and isinstance(model, InterruptibleModel):
            model.ask()
        for variables, weights, least, most in _rows_of(constraint, number):
            lengths.append(len(variables))
            columns += variables
            factors += weights
            low.append(least)
            high.append(most)
    return Linear(
        row=np.repeat(np.arange(len(lengths)), lengths),
        column=np.array(columns, dtype=np.int64),
        factor=np.array(factors, dtype=np.float64),
        low=np.array(low, dtype=np.float64),
        high=np.array(high, dtype=np.float64),
        lower=np.array([v.domain[0] for v in proto.variables], dtype=np.float64),
        upper=np.array([v.domain[1] for v in proto.variables], dtype=np.float64),
    )


_Row = tuple[list[int], list[float], float, float]


def _rows_of(constraint: Any, number: int) -> list[_Row]:
    """Return a constraint as (variables, factors, lower, upper) rows; literal -v-1 is 1 less variable v."""
    inf = float("inf")
    if constraint.has_linear() and not len(constraint.enforcement_literal):
        linear = constraint.linear
        if len(linear.domain) != 2:
            raise ValueError(f"constraint {number} of the plan layer has a domain with holes")
        low, high = linear.domain[0], linear.domain[1]
        least, most = -inf if low < -_UNBOUNDED else float(low), inf if high > _UNBOUNDED else float(high)
        return _joined(list(linear.vars), [float(f) for f in linear.coeffs], least, most)
    if constraint.has_at_most_one():
        return _literals(list(constraint.at_most_one.literals), -inf, 1.0)
    if constraint.has_bool_or() and not len(constraint.enforcement_literal):
        return _literals(list(constraint.bool_or.literals), 1.0, inf)
    if constraint.has_bool_and():
        premises = [~literal for literal in constraint.enforcement_literal]
        return [
            row
            for literal in constraint.bool_and.literals
            for row in _literals([*premises, literal], 1.0, inf)
        ]
    raise ValueError(f"constraint {number} of the plan layer cannot be said as linear rows")


def _literals(literals: list[int], low: float, high: float) -> list[_Row]:
    negative = sum(literal < 0 for literal in literals)
    variables = [literal if literal >= 0 else ~literal for literal in literals]
    factors = [1.0 if literal >= 0 else -1.0 for literal in literals]
    return _joined(variables, factors, low - negative, high - negative)


def _joined(variables: list[int], factors: list[float], low: float, high: float) -> list[_Row]:
    """Return one row in which each variable stands once; none when it holds without any."""
    if len(set(variables)) < len(variables):
        sums: dict[int, float] = {}
        for variable, factor in zip(variables, factors, strict=True):
            sums[variable] = sums.get(variable, 0.0) + factor
        variables, factors = list(sums), list(sums.values())
    return [(variables, factors, low, high)] if variables or not low <= 0 <= high else []
