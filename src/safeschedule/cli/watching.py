"""A solve that shows its progress and can be stopped by a signal."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safeschedule.cli.progress import Display, display
from safeschedule.cli.signals import StopSignals

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.result import Result
    from safeschedule.solving.progress import Progress

TICK = 0.1
"""Seconds between two looks at the running solve."""


class AbortedError(BaseException):
    """Somebody stopped the solve a second time: leave at once."""


@dataclass(frozen=True)
class Options:
    """What `safeschedule.pipeline.solve` takes beside the problem."""

    time_limit: float | None = 60.0
    seed: int = 0
    workers: int = 8
    deterministic_limit: float | None = None
    gap_limit: float = 0.0
    solver: str = "cpsat"


def solve_watched(problem: Problem, options: Options, *, quiet: bool = False) -> Result:
    """Solve in a thread of its own, so that this one can show progress and take signals.

    The first SIGINT or SIGTERM lets the solve return its best.

    Raises
    ------
    AbortedError
        At the second signal.
    """
    stop = threading.Event()
    work = _Work(problem, options, stop)
    shown = display(quiet)
    try:
        _watch(work, stop, shown)
    finally:
        shown.close()
    return work.result()


class _Work(threading.Thread):
    def __init__(self, problem: Problem, options: Options, stop: threading.Event) -> None:
        super().__init__(name="solve", daemon=True)
        self._problem, self._options, self._stop_event = problem, options, stop
        self._result: Result | None = None
        self._error: BaseException | None = None
        self._heard: float = 0.0
        self._progress: Progress | None = None

    def run(self) -> None:
        from safeschedule.pipeline import solve

        try:
            self._result = solve(
                self._problem, **vars(self._options), on_progress=self._hear, stop=self._stop_event
            )
        except BaseException as error:
            self._error = error

    def _hear(self, progress: Progress) -> None:
        self._heard, self._progress = time.monotonic(), progress

    @property
    def progress(self) -> Progress | None:
        """Where the solve stands now: the last that was heard, with the time gone on."""
        if self._progress is None:
            return None
        return replace(self._progress, seconds=self._progress.seconds + time.monotonic() - self._heard)

    def result(self) -> Result:
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result


def _watch(work: _Work, stop: threading.Event, shown: Display) -> None:
    with StopSignals() as signals:
        work.start()
        while work.is_alive():
            work.join(TICK)
            if work.progress is not None:
                shown.show(work.progress)
            if signals.count() > 1:
                raise AbortedError
            if signals.count() and not stop.is_set():
                stop.set()
                shown.say("Stopping: the best schedule so far will be checked and kept. Once more to abort.")
