"""How long data frames of large problems and weeks take, and how much memory: python -m benchmarks frames."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

from safeschedule import Problem, Result, solve
from safeschedule.exchange.frames.native import BACKENDS
from safeschedule.samples import generate


def lines(clinicians: int, week_of: int) -> Iterator[str]:
    """Yield a table with a row for each library.

    Parameters
    ----------
    clinicians
        Of the problem, which has all features.
    week_of
        Clinicians of the week, which is solved first, in 20 seconds.
    """
    problem = generate(clinicians, seed=1, features=("all",))
    team = generate(week_of, seed=1, features=("all",))
    week = solve(team, time_limit=20, seed=1)
    asked = f"{len(problem.clients)} clients, {len(problem.requests)} requests"
    yield f"{asked}; {week.placed} sessions\n"
    yield "| library | problem to frames, s | frames to problem, s | week to frames, s | most memory, MiB |"
    yield "|---|---|---|---|---|"
    for backend in BACKENDS:
        yield f"| {backend} | {' | '.join(_row(problem, team, week, backend))} |"


def _row(problem: Problem, team: Problem, week: Result, backend: str) -> tuple[str, ...]:
    problem.frames(backend)  # loads the library
    there, frames = _timed(lambda: problem.frames(backend))
    back, again = _timed(lambda: Problem.from_frames(frames))
    assert again == problem
    of_week, _ = _timed(lambda: week.frames(team, backend))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{there:.1f}", f"{back:.1f}", f"{of_week:.1f}", f"{most:.0f}"


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of processor time that a piece of work takes, and what comes of it."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, found
