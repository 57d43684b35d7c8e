"""A job: one instance, one solver, and how far it may go."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from benchmarks.records import KEYS, Record


@dataclass(frozen=True)
class Job:
    """What to measure.

    Parameters
    ----------
    instance
        Its name.
    solver
        See `benchmarks.solvers`.
    time_limit
        Wall-clock seconds.
    seed, workers
        Of the solver.
    """

    instance: str
    solver: str
    time_limit: float
    seed: int = 0
    workers: int = 8

    def as_record(self) -> Record:
        """Return an empty record of the job."""
        return dict.fromkeys(KEYS) | asdict(self) | {"verified": False}
