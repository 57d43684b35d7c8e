"""How a schedule came about: written into it, and told."""

from __future__ import annotations

import math
import platform
from datetime import UTC
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


def told(problem: Problem, schedule: Schedule) -> tuple[str, ...]:
    """Return in plain sentences how a schedule came about, and whether that still speaks of it.

    Parameters
    ----------
    problem
        With which the schedule is used now.
    schedule
        The schedule; one without provenance tells nothing.
    """
    made = schedule.provenance
    if made is None:
        return ()
    sentences = [_made(made)]
    if made.schedule_hash and made.schedule_hash != schedule_hash(schedule):
        sentences.append(
            "The schedule was changed since then, so that this does not speak of it as it is now."
        )
    if made.problem_hash and made.problem_hash != problem_hash(problem):
        sentences.append("It was made for another problem, or for this one before it was changed.")
    return tuple(sentences)


def _made(made: ScheduleProvenance) -> str:
    when = "" if made.made is None else f" on {made.made.astimezone(UTC):%Y-%m-%d at %H:%M} UTC"
    parts = [f"Made by {made.by}{when}"]
    if made.safeschedule:
        parts.append(f"SafeSchedule {made.safeschedule}")
    if made.solver:
        parts.append(f"solver {made.solver}")
    if made.seed is not None:
        parts.append(f"seed {made.seed}")
    if made.time_limit is not None:
        parts.append(f"time limit {made.time_limit:g} s")
    if made.deterministic_limit is not None:
        parts.append(f"deterministic limit {made.deterministic_limit:g}")
    if made.gap is not None:
        parts.append(f"gap {100 * made.gap:.2g} %")
    parts.append("verified then" if made.verified else "not verified then")
    return f"{', '.join(parts)}."
