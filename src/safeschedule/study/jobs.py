"""What one run needs to be solved anywhere, and the hash of all that decides its result."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import Any

from safeschedule.errors import Fault, InputError, SafeScheduleError
from safeschedule.pipeline import solve
from safeschedule.problem import Problem, Rulebook, problem_hash, rulebook_hash
from safeschedule.result import Status
from safeschedule.solving.backend import AUTO, chosen_for, package_of
from safeschedule.solving.parameters import SearchParameters
from safeschedule.study.measuring import measured
from safeschedule.study.runs import RunStatus, StudyRun

FORMAT = "1"
"""Of what is kept of a run; figures that are counted otherwise need another."""


@dataclass(frozen=True)
class StudyLimits:
    """How far each run goes.

    Parameters
    ----------
    deterministic
        The solver's own units of work, which are the same on every machine: what compares fairly.
    ceiling
        Wall-clock seconds at which a run ends all the same; ``None``: none.
    workers
        Search workers of each run.
    solver
        Which solver plans.
    parameters
        What its search is tuned by.
    """

    deterministic: float = 1.0
    ceiling: float | None = None
    workers: int = 1
    solver: str = AUTO
    parameters: SearchParameters = field(default_factory=SearchParameters)

    def told(self) -> Mapping[str, Any]:
        """Return what decides a result, as plain data; the ceiling is no part of it."""
        return {
            "limit": self.deterministic,
            "workers": self.workers,
            "parameters": self.parameters.changed(),
        }


@dataclass(frozen=True)
class StudyJob:
    """One solve.

    Parameters
    ----------
    problem
        What the scenario made of a problem.
    base
        The rules by which the schedule is judged.
    seed
        Of the search.
    limits
        How far it goes.
    lost
        Sessions that the scenario cannot ask of anybody.
    """

    problem: Problem
    base: Rulebook
    seed: int
    limits: StudyLimits
    lost: int = 0

    def key(self) -> str:
        """Return the SHA-256 of all that decides the result."""
        limits = self.limits
        solver = chosen_for(self.problem) if limits.solver == AUTO else limits.solver
        plain = {
            "format": FORMAT,
            "problem": problem_hash(self.problem),
            "rules": rulebook_hash(self.problem.rulebook),
            "own": sorted(str(rule) for rule in self.problem.rulebook.custom_rules().values()),
            "base": rulebook_hash(self.base),
            "judged by": sorted(str(rule) for rule in self.base.custom_rules().values()),
            "lost": self.lost,
            "seed": self.seed,
            "solver": [solver, package_of(solver)],
            "versions": [version(name) for name in ("safeschedule", "ortools", "highspy")],
            **limits.told(),
        }
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


_STOPPING: list[Any] = []
"""In a process that does nothing else: the event that tells it to end. It cannot be sent with a job."""


def stopped_by(event: Any) -> None:
    """Let an event of another process end whatever this one solves."""
    _STOPPING[:] = [event]


def run_job(job: StudyJob) -> StudyRun:
    """Solve a job and measure what came of it; problem, scenario and names are added by who asks.

    It runs wherever an executor runs it; what is wrong is returned, not raised.
    """
    stop = _STOPPING[0] if _STOPPING else threading.Event()
    blank = StudyRun("", "", job.seed, RunStatus.FAULT, problem_hash=problem_hash(job.problem))
    limits = job.limits
    try:
        result = solve(
            job.problem,
            solver=limits.solver,
            time_limit=limits.ceiling,
            deterministic_limit=limits.deterministic,
            seed=job.seed,
            workers=limits.workers,
            parameters=limits.parameters,
            stop=stop,
        )
        found = measured(job.problem, job.base, result, job.lost, stop.is_set)
    except SafeScheduleError as error:
        return replace(blank, faults=_faults(error))
    if result.interrupted:
        return replace(blank, status=RunStatus.UNKNOWN, ended="stop")
    schedule = result.schedule
    return replace(
        blank,
        status=RunStatus(Status(result.status)),
        figures=found.values,
        tiers=result.tiers,
        rules=found.rules,
        skills=found.skills,
        ended=None if result.ended is None else str(result.ended),
        notes=() if schedule is not None else result.explanation,
        seconds=round(result.seconds.get("total", 0.0), 2),
        schedule=schedule,
    )


def _faults(error: SafeScheduleError) -> tuple[Fault, ...]:
    if isinstance(error, InputError):
        return error.faults
    return (Fault("no_result", "solve", type(error).__name__, str(error).splitlines()[0]),)
