"""Writing into a schedule how it came about."""

from __future__ import annotations

import math
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.problem.problem import Problem
from safeschedule.schedule.hashing import schedule_hash
from safeschedule.schedule.provenance import ScheduleProvenance
from safeschedule.schedule.schedule import Schedule


def stated(by: str, problem: Problem, schedule: Schedule, **known: Any) -> Schedule:
    """Return the schedule with its provenance: versions, hashes, and what else is known.

    Parameters
    ----------
    by
        What made it.
    problem
        For which it was made.
    schedule
        As it was made; ids have no part in its hash.
    known
        Other fields of `ScheduleProvenance`. A gap that is not finite is one that is not known.
    """
    if not math.isfinite(known.get("gap") or 0.0):
        known["gap"] = None
    provenance = ScheduleProvenance(
        by=by,
        safeschedule=_version("safeschedule"),
        python=platform.python_version(),
        problem_hash=problem_hash(problem),
        rulebook=f"{problem.rulebook.name} {problem.rulebook.version}",
        rulebook_hash=rulebook_hash(problem.rulebook),
        schedule_hash=schedule_hash(schedule),
        **known,
    )
    return schedule.model_copy(update={"provenance": provenance})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
