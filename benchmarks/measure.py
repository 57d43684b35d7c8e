"""One solve, measured, in a process of its own: ``python -m benchmarks.measure JOB OUTPUT``."""

from __future__ import annotations

import importlib
import json
import math
import resource
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import anytime
from benchmarks.instances import named
from benchmarks.job import Job
from benchmarks.records import Record
from benchmarks.solvers import OWN, PEERS, peer
from benchmarks.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from safeschedule import Problem
    from safeschedule.result import TierObjective
    from safeschedule.schedule import Schedule
    from safeschedule.solving.outcome import Phase
    from safeschedule.solving.progress import OnProgress


@dataclass(frozen=True)
class _Answer:
    """What any solver gives, before it is scored."""

    status: str
    schedule: Schedule | None
    tiers: tuple[TierObjective, ...]
    phases: tuple[Phase, ...]
    words: tuple[str, ...]


def measure(job: Job) -> Record:
    """Return the record of one solve; who is not installed gets the status ``missing``."""
    from safeschedule import verify
    from safeschedule.problem import problem_hash
    from safeschedule.solving.backend import SolverUnavailableError, UnknownSolverError

    (instance,) = named(job.instance)
    problem = instance.problem()
    record = job.as_record() | {
        "sessions": sum(request.count for request in problem.requests),
        "problem_hash": problem_hash(problem),
    }
    # Loaded before the clock starts: a library is loaded once, not with each week.
    importlib.import_module("ortools.sat.python.cp_model")
    importlib.import_module("safeschedule.pipeline")

    trace = Trace()
    try:
        answer = _runner(job)(problem, job, trace)
    except (SolverUnavailableError, UnknownSolverError) as error:
        return record | {"status": "missing", "fault": str(error)}
    seconds = trace.elapsed
    verified = answer.schedule is not None and verify(problem, answer.schedule).compliant
    return (
        record
        | _figures(answer, trace, seconds, job.time_limit)
        | {"seconds": round(seconds, 3), "verified": verified, "peak_mib": _peak_mib()}
    )


def _runner(job: Job) -> Callable[[Problem, Job, Trace], _Answer]:
    return _run_peer if job.solver in PEERS else _run_installed


def _run_installed(problem: Problem, job: Job, told: OnProgress) -> _Answer:
    """Ask the library itself, which verifies and judges."""
    from safeschedule import solve

    result = solve(
        problem,
        solver="cpsat" if job.solver == OWN else job.solver,
        time_limit=job.time_limit,
        seed=job.seed,
        workers=job.workers,
        on_progress=told,
    )
    return _Answer(str(result.status), result.schedule, result.tiers, result.phases, result.explanation)


def _run_peer(problem: Problem, job: Job, told: OnProgress) -> _Answer:
    """Ask a peer that lives here; verify and judge as the library does."""
    from safeschedule import verify
    from safeschedule.judging import judge
    from safeschedule.solving.backend import Limits

    limits = Limits(time_limit=job.time_limit, seed=job.seed, workers=job.workers, on_progress=told)
    found = peer(job.solver).solve(problem, limits)
    if found.schedule is None:
        status = "infeasible" if found.infeasible else "unknown"
        return _Answer(status, None, (), found.phases, found.explanation)
    tiers, wrong = judge(job.solver, problem, verify(problem, found.schedule), found.bounds)
    status = "optimal" if all(tier.gap <= 1e-9 for tier in tiers) else "feasible"
    return _Answer(status, found.schedule, tiers, found.phases, (*found.explanation, *wrong))


def _figures(answer: _Answer, trace: Trace, seconds: float, limit: float) -> dict[str, Any]:
    from safeschedule.solving.progress import gap

    first = trace.first()
    objective = bound = distance = None
    if answer.schedule is not None:
        objective, bound = sum(t.objective for t in answer.tiers), sum(t.bound for t in answer.tiers)
        distance = gap(objective, bound)
        trace.add(objective, bound)
        # Whoever tells nothing on the way is known to have a schedule only at the end.
        first = seconds if first is None and answer.schedule.appointments else first
    return {
        "status": answer.status,
        "time_to_first": first,
        "objective": objective,
        "bound": bound,
        "gap": distance,
        "placed": 0 if answer.schedule is None else len(answer.schedule.appointments),
        "tiers": [
            {"tier": t.tier, "objective": t.objective, "bound": t.bound, "gap": t.gap, "rules": t.rules}
            for t in answer.tiers
        ],
        "trace": trace.points,
        **anytime.figures(trace.points, objective, limit),
        "phases": [asdict(phase) for phase in answer.phases],
        "words": list(answer.words),
    }


def finite(value: Any) -> Any:
    """Return plain data in which ``None`` stands for numbers that JSON cannot say."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: finite(part) for name, part in value.items()}
    return [finite(part) for part in value] if isinstance(value, list | tuple) else value


def _peak_mib() -> float:
    # Kibibytes everywhere but on macOS, where it is bytes. The runner adds what child processes use.
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)


if __name__ == "__main__":
    text, output = sys.argv[1:]
    Path(output).write_text(json.dumps(finite(measure(Job(**json.loads(text))))), encoding="utf-8")
