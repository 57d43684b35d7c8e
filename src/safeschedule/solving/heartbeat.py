"""Hands on what a solve tells of itself, and repeats it while nothing new is told."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from types import TracebackType

from safeschedule.solving.budget import Clock
from safeschedule.solving.progress import OnProgress, Progress

_LOG = logging.getLogger(__name__)
# Seconds of silence after which the last is told again, so that with a look every so often a second is kept.
_SILENCE, _LOOK = 0.7, 0.2


class Heartbeat:
    """Calls `hear` with all that is told, and at least once a second in between while it is entered.

    One call at a time, but not all from one thread; seconds never go back. What `hear` raises while nothing
    is told comes out of the next telling, or of the end. Phases are also logged, at INFO as they begin and
    end and all else at DEBUG; nothing of clients is in it.

    Parameters
    ----------
    what
        The work, for the log: ``solve`` and the like.
    hear
        Whoever wants to know; ``None``: nobody, then phases are logged alone.
    named
        Whether the names of phases may be logged; otherwise they have codes of people in them.
    clock
        What tells the time.
    """

    def __init__(
        self, what: str, hear: OnProgress | None, *, named: bool = True, clock: Clock = time.monotonic
    ) -> None:
        self._what, self._hear, self._named, self._clock = what, hear, named, clock
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._last: Progress | None = None
        self._heard = self._told = 0.0
        self._since = 0.0
        self._fault: BaseException | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Heartbeat:
        if self._hear is not None:
            self._thread = threading.Thread(target=self._beating, name="heartbeat", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            # It waits for whoever hears, if it waits at all.
            self._thread.join(_SILENCE)
        if self._last is not None:
            self._log_end(self._last, self._seconds_now())
        if error is None:
            self._raise_fault()

    def __call__(self, progress: Progress) -> None:
        """Hand on what is told."""
        self._raise_fault()
        with self._lock:
            progress = replace(progress, seconds=max(progress.seconds, self._told))
            self._log(progress)
            self._last, self._heard, self._told = progress, self._clock(), progress.seconds
            if self._hear is not None:
                self._hear(progress)

    def beat(self) -> None:
        """Tell the last again, with the time gone on, if it is some time since anything was told."""
        with self._lock:
            now = self._clock()
            if self._last is None or self._hear is None or now - self._heard < _SILENCE:
                return
            self._last = replace(self._last, seconds=self._last.seconds + now - self._heard)
            self._heard, self._told = now, self._last.seconds
            self._hear(self._last)

    def _beating(self) -> None:
        while not self._ended.wait(_LOOK):
            try:
                self.beat()
            except BaseException as fault:
                self._fault = fault
                return

    def _raise_fault(self) -> None:
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault

    def _seconds_now(self) -> float:
        assert self._last is not None
        return self._last.seconds + self._clock() - self._heard

    def _log(self, progress: Progress) -> None:
        before = self._last
        if before is not None and before.phase == progress.phase:
            _LOG.debug("%s: %.1f s, best %s, bound %s", self._what, *_figures(progress))
            return
        if before is not None:
            self._log_end(before, progress.seconds)
        self._since = progress.seconds
        _LOG.info("%s: %s begins at %.1f s", self._what, self._name(progress), progress.seconds)

    def _log_end(self, progress: Progress, seconds: float) -> None:
        _LOG.info(
            "%s: %s ended after %.1f s; at %.1f s, best %s, bound %s",
            self._what,
            self._name(progress),
            seconds - self._since,
            *_figures(replace(progress, seconds=seconds)),
        )

    def _name(self, progress: Progress) -> str:
        return progress.phase if self._named else "a step"


def _figures(progress: Progress) -> tuple[float, str, str]:
    best, bound = ("unknown" if value is None else f"{value:g}" for value in (progress.best, progress.bound))
    return progress.seconds, best, bound
