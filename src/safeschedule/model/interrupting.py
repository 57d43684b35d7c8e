"""Work that can be ended in the middle of it: building a model of a large week takes many seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

Over = Callable[[], bool]
"""Asked now and then whether to end; cheap, and from any thread."""

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
    """

    def __init__(self, over: Over = never) -> None:
        super().__init__()
        self._over = over
        self._posted = 0

    def ask(self) -> None:
        """Raise `InterruptedWorkError` if it is time to end."""
        if self._over():
            raise InterruptedWorkError

    def _count(self) -> None:
        self._posted += 1
        if self._posted % _EVERY == 0:
            self.ask()

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
