"""Variables of CP-SAT models, and sums of them."""

from __future__ import annotations

from ortools.sat.python import cp_model

Var = cp_model.IntVar
Terms = tuple[list[Var], list[int]]
"""Variables and their coefficients."""


def top(variable: Var) -> int:
    """Return the upper bound of a variable."""
    # A negative index on this container answers wrongly; all domains here are one interval.
    return int(variable.proto.domain[1])
