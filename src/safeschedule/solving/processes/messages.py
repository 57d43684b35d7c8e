"""What a search and its worker processes tell each other: pickled, one after the other, through pipes.

Both ends are this very package on this very machine, so that nothing that is read comes from elsewhere.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from safeschedule.catalogue import Tier
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.subproblem import Whole


@dataclass(frozen=True)
class PartContext:
    """What parts are cut from: told once, before the first part of it.

    Parameters
    ----------
    number
        By which parts name it.
    index, rows, tiers, seed, whole
        See `Solver`.
    """

    number: int
    index: Index
    rows: Rows
    tiers: Sequence[Tier]
    seed: int
    whole: Whole | None


@dataclass(frozen=True)
class PartQuestion:
    """A part to be solved.

    Parameters
    ----------
    context
        The number of what it is cut from.
    state, task
        See `Solver.improve`.
    seconds, deterministic
        What is left of the limits; ``None``: there is none.
    """

    context: int
    state: State
    task: Task
    seconds: float | None
    deterministic: float | None


@dataclass(frozen=True)
class PartAnswer:
    """What came of a part.

    Parameters
    ----------
    change
        ``None``: nothing as good.
    spent
        Deterministic time.
    cut
        Whether the clock ended what a deterministic limit should have ended.
    """

    change: Improvement | None
    spent: float
    cut: bool


STOP = "stop"
"""Said to a worker: end what goes on."""


def send(pipe: IO[bytes], message: object) -> None:
    """Write one message; large arrays are not copied on the way."""
    pickle.dump(message, pipe, protocol=5)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Read one message.

    Raises
    ------
    EOFError
        The other end is gone.
    """
    return pickle.load(pipe)
