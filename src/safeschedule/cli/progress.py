"""How a solve shows where it stands, on standard error."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from rich.live import Live
from rich.text import Text

from safeschedule.cli.console import console

if TYPE_CHECKING:
    from safeschedule.solving.progress import Progress

EVERY = 3.0
"""Seconds between two plain lines."""


class Display(Protocol):
    """Shows progress until it is closed."""

    def show(self, progress: Progress) -> None:
        """Show where the solve stands; called often."""

    def say(self, text: str) -> None:
        """Print a line that stays."""

    def close(self) -> None:
        """Leave the screen in order."""


def display(quiet: bool) -> Display:
    """Return the display that suits standard error: a live line, plain lines, or none."""
    if quiet:
        return Silence()
    return LiveLine() if sys.stderr.isatty() else PlainLines()


def line(progress: Progress) -> str:
    """Return where a solve stands, in one line."""
    parts = [f"{progress.phase:<18}", f"{progress.seconds:4.0f} s"]
    if progress.best is not None:
        parts.append(f"best {progress.best:,.0f}")
    if progress.bound is not None:
        parts.append(f"bound {progress.bound:,.0f}")
    if progress.gap is not None:
        parts.append(f"gap {100 * progress.gap:.2f} %")
    return "  ".join(parts)


class Silence:
    """Shows no progress; what has to be said is said."""

    def show(self, progress: Progress) -> None:
        """Show nothing."""

    def say(self, text: str) -> None:
        """Print the line."""
        console(err=True).print(text, soft_wrap=True)

    def close(self) -> None:
        """Do nothing."""


class PlainLines(Silence):
    """A line at most every few seconds, and at each new phase or first schedule."""

    def __init__(self) -> None:
        self._told = float("-inf")
        self._stage: tuple[str, bool] | None = None
        self._last: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Print a line when there is news and the last line is some seconds old."""
        stage = (progress.phase, progress.best is not None)
        if progress == self._last or (stage == self._stage and time.monotonic() - self._told < EVERY):
            return
        self._told, self._stage, self._last = time.monotonic(), stage, progress
        with suppress(OSError):
            # Whoever listened has gone, or the disk of the log is full; the work goes on.
            print(line(progress), file=sys.stderr, flush=True)


class LiveLine:
    """One line of the terminal that is written over."""

    def __init__(self) -> None:
        self._live = Live(console=console(err=True), auto_refresh=False, transient=True)
        self._live.start()

    def show(self, progress: Progress) -> None:
        """Write the line anew."""
        with suppress(OSError):
            self._live.update(Text(line(progress), no_wrap=True, overflow="ellipsis"), refresh=True)

    def say(self, text: str) -> None:
        """Print a line above the live one."""
        self._live.console.print(text)

    def close(self) -> None:
        """Remove the line."""
        self._live.stop()
