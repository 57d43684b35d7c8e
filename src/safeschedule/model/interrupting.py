"""Work that can be ended in the middle of it: building a model of a large week takes many seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from ortools.sat.python import cp_model

Over = Callable[[], bool]
"""Asked now and then whether to end; cheap, and from any thread."""

Ints = npt.NDArray[np.int64]
Row = tuple[Ints, Ints | None, int | None, int | None]
"""Variables, factors (``None``: all 1), least and most (``None``: no limit)."""

# What stands for no limit in a domain of CP-SAT.
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1
# Constraints between two questions: some milliseconds of work.
_EVERY = 64


class InterruptedWorkError(Exception):
    """Whoever asked for the work wants it no more; what was made so far is worth nothing."""


def never() -> bool:
    """Let the work go on to its end."""
    return False


class InterruptibleModel(cp_model.CpModel):  # type: ignore[misc, unused-ignore]
    """A CP-SAT model that asks now and then, as constraints are posted, whether to end.

    Every rule posts its constraints here, so no encoder can run on for long, nor has to ask by itself
    (unless it works for long between two constraints).

    Parameters
    ----------
    over
        Tells whether to end.
    recording
        Whether rows that are added as arrays are kept as such (`rows`), and not handed to the solver: for who
        wants them as a linear system.
    """

    def __init__(self, over: Over = never, *, recording: bool = False) -> None:
        super().__init__()
        self._over = over
        self._posted = 0
        self.recording = recording
        self.rows: list[Row] = []

    def ask(self) -> None:
        """Raise `InterruptedWorkError` if it is time to end."""
        if self._over():
            raise InterruptedWorkError

    def _count(self) -> None:
        self._posted += 1
        if self._posted % _EVERY == 0:
            self.ask()

    def new_bools(self, count: int) -> list[cp_model.IntVar]:
        """Return new variables that are 0 or 1; to make them one by one takes twice the time."""
        first, add = len(self.proto.variables), self.proto.variables.add
        for _ in range(count):
            add().domain.extend((0, 1))
        return [self.get_int_var_from_proto_index(number) for number in range(first, first + count)]

    def add_row(self, variables: Ints, factors: Ints | None, low: int | None, high: int | None) -> None:
        """Post that the sum of factors times variables lies between two numbers.

        An expression says the same, and takes several times as long.

        Parameters
        ----------
        variables
            Numbers in the model.
        factors
            Whole numbers; ``None``: all are 1.
        low, high
            ``None``: no limit.
        """
        self._count()
        if self.recording:
            self.rows.append((variables, factors, low, high))
            return
        constraint = self.proto.constraints.add()
        if factors is None and high == 1 and low is None:
            constraint.at_most_one.literals.extend(variables.tolist())
            return
        linear = constraint.linear
        linear.vars.extend(variables.tolist())
        linear.coeffs.extend([1] * len(variables) if factors is None else factors.tolist())
        linear.domain.extend((_LOWEST if low is None else low, _HIGHEST if high is None else high))

    def add_exclusive(self, variables: Ints) -> None:
        """Post that at most one of some literals is true."""
        self.add_row(variables, None, None, 1)

    def add(self, ct: Any) -> Any:
        """Post a linear constraint."""
        self._count()
        return super().add(ct)

    def add_at_most_one(self, *literals: Any) -> Any:
        """Post that at most one of the literals is true."""
        self._count()
        return super().add_at_most_one(*literals)

    def add_implication(self, a: Any, b: Any) -> Any:
        """Post that the first literal implies the second."""
        self._count()
        return super().add_implication(a, b)
