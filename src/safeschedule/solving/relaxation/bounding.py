"""Bounds that are looked for beside the search."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Generic, TypeVar

from safeschedule.model.interrupting import InterruptedWorkError

Found = TypeVar("Found")

Bounds = tuple[float, float]
"""What the strongest tier, and what the weighted sum of the tiers, cannot exceed; infinite when unknown."""

# Seconds for which the end of the work is waited for.
_BRIEFLY = 1.0


class Bounding(Generic[Found]):
    """Work that yields bounds, in a thread of its own.

    Parameters
    ----------
    work
        Gets what tells it to stop.
    """

    def __init__(self, work: Callable[[threading.Event], Iterable[Found]]) -> None:
        self._stop = threading.Event()
        self._found: deque[Found] = deque()
        self._work = work
        self._thread = threading.Thread(target=self._beside, daemon=True)

    def start(self) -> None:
        """Work beside whoever calls."""
        self._thread.start()

    def wait(self, over: Callable[[], bool]) -> None:
        """Wait until the work has ended, or until `over`."""
        while self._thread.is_alive() and not over():
            self._thread.join(0.05)

    def finish(self) -> None:
        """End, and wait a little, once: the work looks often whether it is to end."""
        if self._stop.is_set():
            return
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_BRIEFLY)

    def take(self) -> list[Found]:
        """Return the bounds that were found since the last time."""
        return [self._found.popleft() for _ in range(len(self._found))]

    def _beside(self) -> None:
        with suppress(InterruptedWorkError):
            for found in self._work(self._stop):
                self._found.append(found)
