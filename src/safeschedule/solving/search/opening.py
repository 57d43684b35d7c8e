"""Weeks of a special kind: a plug-in may arrange them in its own way before anything else is tried."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.relaxation.bounding import Bounding, Bounds
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.beginning import Beginning
from safeschedule.solving.tiers import levels_of

# Seconds for a proof that must not depend on the clock; relaxations end long before.
_LONGEST = 3600.0


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


class Opened(Beginning):
    """Begins with what a plug-in arranges, where there is one that takes the week."""

    def _opened(self, opener: Opener | None) -> bool:
        """Return whether the week was arranged by a plug-in; then there is a schedule."""
        opening = None if opener is None or self.wide else opener(self.index, self.rows, self.tiers)
        if opening is None:
            return False
        self._enter(opening.phase)
        self.plan = _no_plan(len(self.rows), len(self.index.clinicians), self.tiers)
        seconds = _LONGEST if self.budget.repeatable else min(_LONGEST, self.budget.left)
        bounding = Bounding(lambda stop: opening.bounds(seconds, stop))
        bounding.start()
        self.bounding = bounding
        if self.budget.repeatable:
            bounding.wait(self.budget.stop.is_set)
        opening.run(self.budget, self.seed, self._threads(), self._enough, self._arranged)
        if self.state is not None:
            bounding.wait(lambda: self.budget.over)
            self._tighten()
            return True
        # Whatever is tried now needs the time, and looks for bounds of its own.
        bounding.finish()
        self.bounding = None
        return False

    def _enough(self) -> bool:
        """Return whether the schedule is as good as is asked for, as far as is known."""
        self._tighten()
        return self._done()

    def _arranged(self, chosen: Bools) -> bool:
        """Take a schedule; return whether the whole model allows it."""
        state = self.solver.look(chosen)
        if state is not None:
            self._take(state)
            self.settled = state
        return state is not None


def _no_plan(rows: int, clinicians: int, tiers: list[Tier]) -> Plan:
    """Return a plan that says nothing, for one tier."""
    nothing = np.zeros(rows, dtype=bool)
    worth, planned = np.zeros((1, rows)), np.zeros((1, clinicians))
    unknown = float("inf")
    return Plan(
        ~nothing,
        nothing,
        worth,
        planned,
        likely=nothing,
        weights=[1],
        bounds=[unknown],
        levels_of_tiers=levels_of(tiers),
    )
