"""What a running solve tells, on one clock for every solver."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeschedule.solving.progress import Progress


class Trace:
    """Collects progress: [seconds, best, bound], a point whenever best or bound changes."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.points: list[list[float | None]] = []

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    def __call__(self, progress: Progress) -> None:
        """Take a point by our own clock, so that every solver's points are of the same one."""
        self.add(progress.best, progress.bound)

    def add(self, best: float | None, bound: float | None) -> None:
        """Note where the solve stands."""
        if not self.points or self.points[-1][1:] != [best, bound]:
            self.points.append([round(self.elapsed, 3), best, bound])

    def first(self) -> float | None:
        """Return when there first were sessions in a schedule: the first best value above 0."""
        return next((at for at, best, _ in self.points if best is not None and best > 0), None)
