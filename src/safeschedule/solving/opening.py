"""Weeks of a special kind: a plug-in may arrange them in its own way before anything else is tried."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.relaxation.bounding import Bounds


class Opening(Protocol):
    """A way to arrange one week."""

    phase: str
    """What its work is called in results."""

    def bounds(self, seconds: float, stop: threading.Event) -> Iterator[Bounds]:
        """Yield what no schedule is worth more than, beside the work, until a stop."""

    def run(
        self,
        budget: Budget,
        seed: int,
        workers: int,
        enough: Callable[[], bool],
        take: Callable[[Bools], bool],
    ) -> None:
        """Arrange the week, better and better.

        Parameters
        ----------
        enough
            Returns whether what is arranged is good enough.
        take
            Is handed the chosen rows, each time that there are better ones; returns whether the whole model
            allows them.
        """


Opener = Callable[[Index, Rows, list[Tier]], Opening | None]
"""Returns a way to arrange a week, or ``None`` where it is not of the kind; all its rows are given."""
