"""Where a study stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

Clock = Callable[[], float]
"""Gives seconds since any fixed moment; it never goes back."""

STEADY: Clock = time.monotonic


@dataclass(frozen=True)
class StudyProgress:
    """Where a study stands.

    Parameters
    ----------
    done, total
        Runs: those that are done, kept ones and faults included, and all of them.
    kept
        Runs that were there already, of this study or of another.
    faults
        Runs without a result.
    seconds
        Since the beginning.
    left
        Seconds that the rest may take, by those that were solved so far; ``None``: not known yet.
    last
        The run that was done last, in words.
    """

    done: int
    total: int
    kept: int
    faults: int
    seconds: float
    left: float | None
    last: str = ""

    def __str__(self) -> str:
        left = "" if self.left is None else f", {time_told(self.left)} left"
        kept = f", {self.kept} of them kept" if self.kept else ""
        faults = f", {self.faults} without a result" if self.faults else ""
        return f"{self.done} of {self.total} runs{kept}{faults}{left}"


def time_told(seconds: float) -> str:
    """Return a span in words, rounded as people round it.

    Examples
    --------
    >>> time_told(42), time_told(600), time_told(9000)
    ('42 s', '10 min', '2 h 30 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


class Counting:
    """Counts what is done, and tells how long the rest may take."""

    def __init__(
        self, total: int, tell: Callable[[StudyProgress], None] | None, clock: Clock = STEADY
    ) -> None:
        self._total, self._tell, self._clock = total, tell, clock
        self._began = clock()
        self._done = self._kept = self._faults = self._solved = 0

    def add(self, runs: int, last: str = "", *, kept: bool = False, fault: bool = False) -> None:
        """Count runs of one solve, and tell where the study stands."""
        self._done += runs
        self._kept += runs if kept else 0
        self._faults += runs if fault else 0
        self._solved += 0 if kept or fault else 1
        if self._tell is not None:
            self._tell(self._progress(last))

    def _progress(self, last: str) -> StudyProgress:
        seconds = self._clock() - self._began
        rest = self._total - self._done
        left = seconds / self._solved * rest if self._solved else None
        return StudyProgress(
            self._done, self._total, self._kept, self._faults, seconds, left if rest else 0.0, last
        )
