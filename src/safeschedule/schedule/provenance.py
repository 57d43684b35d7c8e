"""How a schedule came about: written into its file, so that a week on paper can be traced."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictBool, StringConstraints, WithJsonSchema

from safeschedule.problem.clock import FIRST_DATE, LAST_DATE
from safeschedule.problem.entity import Entity, Prose, refusal


def _stamp(value: Any) -> Any:
    """Refuse numbers, and times that no zone can turn into others."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise refusal("bad_value", 'a time with its zone, such as "2026-10-02T16:30:00+01:00"')
    if not FIRST_DATE < value.date() < LAST_DATE:
        raise refusal("out_of_range", f"a time between {FIRST_DATE} and {LAST_DATE}")
    return value


Stamp = Annotated[
    datetime, BeforeValidator(_stamp), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""A time with its zone."""

Hash = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class ScheduleProvenance(Entity):
    """What made a schedule, of what, and how good it was then.

    Parameters
    ----------
    by
        What made it, such as ``solve`` or ``replan``.
    made
        When, with its zone. The library leaves it out, so that the same solve gives the same schedule; the
        commands write it, but not beside a deterministic limit.
    safeschedule, python, solver, solver_package, ortools
        Versions, and the name of the solver.
    seed, workers, time_limit, deterministic_limit
        Of the search; the time limit in seconds, ``None``: none.
    status, gap
        How the search ended; the gap is a fraction, ``None`` where it is not known.
    problem_hash, rulebook, rulebook_hash
        For what it was made.
    schedule_hash
        Of the schedule as it was made (`safeschedule.schedule.schedule_hash`); if the schedule has another
        now, it was changed since, and the rest no longer speaks of it.
    verified
        Whether the independent verifier accepted it.
    """

    by: Prose
    made: Stamp | None = None
    safeschedule: Prose = ""
    python: Prose = ""
    solver: Prose = ""
    solver_package: Prose = ""
    ortools: Prose = ""
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1, strict=True)
    workers: int | None = Field(default=None, ge=1, le=100_000, strict=True)
    time_limit: float | None = Field(default=None, ge=0, le=1e12, strict=True)
    deterministic_limit: float | None = Field(default=None, ge=0, le=1e12, strict=True)
    status: Prose = ""
    gap: float | None = Field(default=None, ge=-1, le=1e12, strict=True)
    problem_hash: Hash = ""
    rulebook: Prose = ""
    rulebook_hash: Hash = ""
    schedule_hash: Hash = ""
    verified: StrictBool = False
