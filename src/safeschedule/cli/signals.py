"""Signals that ask a long search to stop."""

from __future__ import annotations

import signal
import sys
from types import FrameType, TracebackType

_NUMBERS = (signal.SIGINT, signal.SIGTERM)


class StopSignals:
    """Counts SIGINT and SIGTERM while it is entered, instead of what they do otherwise.

    Where the system can, the signals are held back and looked for. Handlers alone would not do: the solver
    sets its own while it runs, and leaves the system's default behind.
    """

    def __init__(self) -> None:
        self._count = 0

    def __enter__(self) -> StopSignals:
        self._handlers = {number: signal.signal(number, self._handle) for number in _NUMBERS}
        if sys.platform != "win32":
            self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, _NUMBERS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.count()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)

    def count(self) -> int:
        """Return how many have come so far; several at once may count as one."""
        if sys.platform != "win32":
            for number in signal.sigpending() & set(_NUMBERS):
                signal.sigwait([number])
                self._count += 1
        return self._count

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        # Of threads that are older than the mask, and where there are no masks.
        self._count += 1
