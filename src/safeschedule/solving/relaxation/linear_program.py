"""A CP-SAT model's constraints as one linear system, in arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from google.protobuf import text_format
from google.protobuf.message import DecodeError
from ortools.sat import cp_model_pb2
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Ints
from safeschedule.model.interrupting import InterruptibleModel
from safeschedule.model.interrupting import Row as Recorded

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
    proto = _read(model)
    domains = [tuple(variable.domain) for variable in proto.variables]
    if any(len(domain) != 2 for domain in domains):
        raise ValueError("a variable of the model has a domain with holes")
    rows = _Rows()
    for number, constraint in enumerate(proto.constraints):
        if number % _MANY == 0 and isinstance(model, InterruptibleModel):
            model.ask()
        rows.read(constraint, number)
    lower, upper = np.array(domains, dtype=np.float64).reshape(-1, 2).T
    recorded = model.rows if isinstance(model, InterruptibleModel) else []
    return rows.system(recorded, lower.copy(), upper.copy())


def _read(model: cp_model.CpModel) -> cp_model_pb2.CpModelProto:
    """Return a model as a message of Python's; to ask the solver for each number takes five times as long.

    It goes through a file, which holds numbers alone; through text, which is slow, where none can be written.
    """
    found = cp_model_pb2.CpModelProto()
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "model.pb"
            if model.export_to_file(str(path)):
                found.ParseFromString(path.read_bytes())
                if len(found.constraints) == len(model.proto.constraints):
                    return found
    except (OSError, DecodeError):
        pass
    found.Clear()
    text_format.Parse(str(model.proto), found)
    return found


class _Rows:
    """Constraints as they are read, one row after the other; literal -v-1 is 1 less variable v."""

    def __init__(self) -> None:
        self._lengths: list[int] = []
        self._columns: list[int] = []
        self._factors: list[int] = []
        self._low: list[float] = []
        self._high: list[float] = []

    def read(self, constraint: cp_model_pb2.ConstraintProto, number: int) -> None:
        kind, premises = constraint.WhichOneof("constraint"), constraint.enforcement_literal
        if kind == "linear" and not premises:
            linear = constraint.linear
            if len(linear.domain) != 2:
                raise ValueError(f"constraint {number} of the model has a domain with holes")
            low, high = linear.domain
            self._add(
                linear.vars,
                linear.coeffs,
                -inf if low < -_UNBOUNDED else float(low),
                inf if high > _UNBOUNDED else float(high),
            )
        elif kind == "at_most_one":
            self._add_literals(constraint.at_most_one.literals, -inf, 1.0)
        elif kind == "bool_or" and not premises:
            self._add_literals(constraint.bool_or.literals, 1.0, inf)
        elif kind == "bool_and":
            for literal in constraint.bool_and.literals:
                self._add_literals([*(~premise for premise in premises), literal], 1.0, inf)
        else:
            raise ValueError(f"constraint {number} of the model cannot be said as linear rows")

    def _add_literals(self, literals: Sequence[int], low: float, high: float) -> None:
        if min(literals, default=0) >= 0:
            self._add(literals, [1] * len(literals), low, high)
            return
        negative = sum(literal < 0 for literal in literals)
        variables = [literal if literal >= 0 else ~literal for literal in literals]
        factors = [1 if literal >= 0 else -1 for literal in literals]
        self._add(variables, factors, low - negative, high - negative)

    def _add(self, variables: Sequence[int], factors: Sequence[int], low: float, high: float) -> None:
        if not variables and low <= 0 <= high:
            return
        self._lengths.append(len(variables))
        self._columns.extend(variables)
        self._factors.extend(factors)
        self._low.append(low)
        self._high.append(high)

    def system(self, recorded: Sequence[Recorded], lower: Floats, upper: Floats) -> Linear:
        """Return the rows, and those that were recorded, as a system; a variable stands once in a row."""
        lengths = np.array([*self._lengths, *(len(row[0]) for row in recorded)], dtype=np.int64)
        row: Ints = np.repeat(np.arange(len(lengths)), lengths)
        column: Ints = np.concatenate([np.array(self._columns, dtype=np.int64), *(r[0] for r in recorded)])
        ones = [np.ones(len(variables)) if own is None else own for variables, own, _, _ in recorded]
        factor: Floats = np.concatenate([np.array(self._factors, dtype=np.float64), *ones])
        low = np.array([*self._low, *(-inf if low is None else low for _, _, low, _ in recorded)])
        high = np.array([*self._high, *(inf if high is None else high for _, _, _, high in recorded)])
        _, first, where = np.unique(row * max(1, len(lower)) + column, return_index=True, return_inverse=True)
        if len(first) < len(row):
            order = np.argsort(first, kind="stable")
            factor = np.asarray(np.bincount(where, factor)[order], dtype=np.float64)
            row, column = row[first[order]], column[first[order]]
        return Linear(row, column, factor, low, high, lower, upper)
