"""The work of planning one week again: what it begins with, and what it notes on the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.verifier import Verification

SEARCH = 0.85
"""Share of the time limit for the search; the rest is for checking and for reasons."""


@dataclass
class ReplanWork:
    """A week that is planned again.

    Parameters
    ----------
    before, schedule, account
        The week as it was, its schedule, and what the verifier says of it.
    freeze
        What begins before it stays; ``None``: nothing has to.
    most
        The most people to disturb beyond those hit by the changes; ``None``: no limit.
    seed
        Of the search.
    budget
        Of the search.
    on_progress
        Hears of each stage as it begins.
    notes
        Plain sentences for the answer.
    seconds
        Wall-clock seconds by phase.
    """

    before: Problem
    schedule: Schedule
    account: Verification
    freeze: datetime | None
    most: int | None
    seed: int
    budget: Budget
    on_progress: OnProgress
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def tell(self, stage: str) -> None:
        """Tell that a stage begins."""
        self.on_progress(Progress(stage, self.budget.elapsed))

    @contextmanager
    def timed(self, phase: str) -> Iterator[None]:
        """Count the time of what is done inside towards a phase, unless it is broken off."""
        began = time.monotonic()
        yield
        self.seconds[phase] = self.seconds.get(phase, 0.0) + time.monotonic() - began

    @property
    def left(self) -> float | None:
        """Seconds that are left of the whole time limit; ``None``: there is none."""
        return None if self.budget.seconds is None else self.budget.seconds / SEARCH - self.budget.elapsed
