"""How a schedule came about: written into its file, so that a week on paper can be traced."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from safeschedule.problem.entity import Entity, Prose

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
    made: AwareDatetime | None = None
    safeschedule: Prose = ""
    python: Prose = ""
    solver: Prose = ""
    solver_package: Prose = ""
    ortools: Prose = ""
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1)
    workers: int | None = Field(default=None, ge=1, le=100_000)
    time_limit: float | None = Field(default=None, ge=0)
    deterministic_limit: float | None = Field(default=None, ge=0)
    status: Prose = ""
    gap: float | None = None
    problem_hash: Hash = ""
    rulebook: Prose = ""
    rulebook_hash: Hash = ""
    schedule_hash: Hash = ""
    verified: bool = False
