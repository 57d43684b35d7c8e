"""How the application is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LARGEST_UPLOAD = 16 * 2**20
"""Bytes of the largest file that is taken; a workbook of a team of a thousand has a tenth of it."""


@dataclass(frozen=True)
class Settings:
    """How the application is started.

    Parameters
    ----------
    where
        The database: an SQLite file, or a PostgreSQL URL.
    host, port
        Where it listens.
    names
        Host names by which browsers may call it, beside those of this machine.
    certificate, key
        Files for TLS; ``None``: plain HTTP.
    processes
        Processes that answer requests.
    workers
        Processes that take jobs.
    solver_workers
        Threads of one solve.
    search
        Seconds that a job searches, where nobody says otherwise.
    longest
        Most seconds that a job may ask of a solver.
    """

    where: str
    host: str = "127.0.0.1"
    port: int = 8420
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    processes: int = 1
    workers: int = 1
    solver_workers: int = 2
    search: float = 30.0
    longest: float = 600.0

    @property
    def secure(self) -> bool:
        """Whether the connection is encrypted by this process."""
        return self.certificate is not None

    @property
    def address(self) -> str:
        """The address to type into a browser."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.secure else ''}://{host}:{self.port}"
