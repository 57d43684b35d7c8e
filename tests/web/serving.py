"""The whole application as `safeschedule serve` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.served import free_port, served, wait_for

__all__ = ["free_port", "serving", "wait_for"]


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[str]:
    """Run the command on a folder, and give its address."""
    with served(["--data", str(folder), *more]) as address:
        yield address
