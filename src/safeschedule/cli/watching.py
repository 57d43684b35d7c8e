"""Work that shows its progress and can be stopped by a signal."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from safeschedule.cli.progress import Display, display
from safeschedule.cli.signals import StopSignals

if TYPE_CHECKING:
    from safeschedule.ledger import OverrideInForce
    from safeschedule.problem import Problem
    from safeschedule.result import Result
    from safeschedule.solving.parameters import SearchParameters
    from safeschedule.solving.progress import OnProgress, Progress

TICK = 0.1
"""Seconds between two looks at the running work."""

T = TypeVar("T")


class AbortedError(BaseException):
    """Somebody stopped the work a second time: leave at once. Its text says what was written."""


@dataclass(frozen=True)
class Options:
    """What `safeschedule.pipeline.solve` takes beside the problem."""

    time_limit: float | None = 60.0
    seed: int = 0
    workers: int = 8
    deterministic_limit: float | None = None
    gap_limit: float = 0.0
    solver: str = "auto"
    parameters: SearchParameters | None = None


@dataclass(frozen=True)
class Words:
    """What is said when somebody stops the work, and when somebody aborts it."""

    stopping: str = "Stopping: the best schedule so far will be checked and kept. Once more to abort."
    aborted: str = "Aborted. Nothing was written."


def solve_watched(
    problem: Problem, options: Options, *, quiet: bool = False, overrides: Sequence[OverrideInForce] = ()
) -> Result:
    """Solve in a thread of its own, so that this one can show progress and take signals.

    The first SIGINT or SIGTERM lets the solve return its best.

    Raises
    ------
    AbortedError
        At the second signal.
    """

    def work(hear: OnProgress, stop: threading.Event) -> Result:
        from safeschedule.pipeline import solve

        return solve(problem, **vars(options), on_progress=hear, stop=stop, overrides=overrides)

    return watched(work, display(quiet), Words())


def watched(work: Callable[[OnProgress, threading.Event], T], shown: Display, words: Words) -> T:
    """Do something in a thread of its own, show its progress, and tell it to stop at the first signal.

    Parameters
    ----------
    work
        Takes what hears its progress, and an event that is set when it should end soon.
    shown
        The display; it is closed at the end.
    words
        What is said at the signals.

    Raises
    ------
    AbortedError
        At the second signal.
    """
    stop = threading.Event()
    thread = _Work(work, stop)
    try:
        _watch(thread, stop, shown, words)
    finally:
        shown.close()
    return thread.result()


class _Work(threading.Thread, Generic[T]):
    def __init__(self, work: Callable[[OnProgress, threading.Event], T], stop: threading.Event) -> None:
        super().__init__(name="work", daemon=True)
        self._work, self._stop_event = work, stop
        self._result: list[T] = []
        self._error: BaseException | None = None
        self._heard: float = 0.0
        self._progress: Progress | None = None

    def run(self) -> None:
        try:
            self._result.append(self._work(self._hear, self._stop_event))
        except BaseException as error:
            self._error = error

    def _hear(self, progress: Progress) -> None:
        self._heard, self._progress = time.monotonic(), progress

    @property
    def progress(self) -> Progress | None:
        """Where the work stands now: the last that was heard, with the time gone on."""
        if self._progress is None:
            return None
        return replace(self._progress, seconds=self._progress.seconds + time.monotonic() - self._heard)

    def result(self) -> T:
        if self._error is not None:
            raise self._error
        return self._result[0]


def _watch(work: _Work[T], stop: threading.Event, shown: Display, words: Words) -> None:
    with StopSignals() as signals:
        work.start()
        while work.is_alive():
            work.join(TICK)
            if work.progress is not None:
                shown.show(work.progress)
            if signals.count() > 1:
                raise AbortedError(words.aborted)
            if signals.count() and not stop.is_set():
                stop.set()
                shown.say(words.stopping)
