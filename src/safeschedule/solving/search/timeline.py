"""Which phases a search went through, and what it tells of them as it goes on."""

from __future__ import annotations

from safeschedule.solving.budget import Budget
from safeschedule.solving.outcome import Phase
from safeschedule.solving.progress import OnProgress, Progress

Standing = tuple[float | None, float | None]
"""Objective of the best schedule and its bound, as far as they are known."""

UNKNOWN: Standing = (None, None)


class Timeline:
    """The phases of one search.

    Parameters
    ----------
    budget
        Whose clock counts.
    on_progress
        Is told of every change, until the end.
    """

    def __init__(self, budget: Budget, on_progress: OnProgress | None) -> None:
        self._budget, self._on_progress = budget, on_progress
        self._ended: list[Phase] = []
        self._phase, self._since = "build", 0.0
        self.tell(UNKNOWN)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that have ended, in order."""
        return tuple(self._ended)

    def enter(self, phase: str, standing: Standing) -> None:
        """End the present phase, and begin another."""
        now = self._budget.elapsed
        self._ended.append(Phase(self._phase, now - self._since, *standing))
        self._phase, self._since = phase, now
        self.tell(standing)

    def tell(self, standing: Standing) -> None:
        """Tell where the search stands."""
        if self._on_progress is not None and self._phase != "end":
            self._on_progress(Progress(self._phase, self._budget.elapsed, *standing))
