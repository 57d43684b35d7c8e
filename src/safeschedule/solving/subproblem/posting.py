"""Hands a sparse system over to CP-SAT, constraint by constraint."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools
from safeschedule.solving.relaxation.linear_program import Linear

# What stands for no limit in a domain of CP-SAT.
_LEAST, _MOST = -(2**62), 2**62


def model_of(system: Linear) -> cp_model.CpModel:
    """Return a model with the system's variables, by number, and its constraints."""
    model = cp_model.CpModel()
    proto = model.proto
    for domain in np.stack([system.lower, system.upper], axis=1).astype(np.int64).tolist():
        proto.variables.add().domain.extend(domain)
    ends = np.searchsorted(system.row, np.arange(system.rows + 1)).tolist()
    columns, factors = system.column.tolist(), system.factor.astype(np.int64).tolist()
    lows = np.where(np.isinf(system.low), _LEAST, np.ceil(system.low - 1e-6)).astype(np.int64).tolist()
    highs = np.where(np.isinf(system.high), _MOST, np.floor(system.high + 1e-6)).astype(np.int64).tolist()
    exclusive = _exclusive(system).tolist()
    for row, (low, high) in enumerate(zip(lows, highs, strict=True)):
        begin, end = ends[row], ends[row + 1]
        constraint = proto.constraints.add()
        if exclusive[row]:
            constraint.at_most_one.literals.extend(columns[begin:end])
            continue
        linear = constraint.linear
        linear.vars.extend(columns[begin:end])
        linear.coeffs.extend(factors[begin:end])
        linear.domain.extend((low, high))
    return model


def _exclusive(system: Linear) -> Bools:
    """Return which constraints say that at most one of some literals is true."""
    literal = (system.lower >= 0) & (system.upper <= 1)
    plain = (system.factor == 1) & literal[system.column]
    others = np.bincount(system.row[~plain], minlength=system.rows) > 0
    found: Bools = ~others & (system.high == 1) & (system.low <= 0)
    return found
