"""What `safeschedule.solve` returns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, WithJsonSchema

from safeschedule.errors import Fault
from safeschedule.lazily import later
from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import LeftOut, Schedule
from safeschedule.solving.outcome import Ended, Phase
from safeschedule.verifier.finding import Verification
from safeschedule.verifier.notice import WeekNotice

Gap = Annotated[
    float,
    BeforeValidator(lambda value: math.inf if value is None else value),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]}),
]
"""A distance as a fraction; infinite where the objective is nought, which JSON writes as ``null``."""


class Status(StrEnum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TierObjective(Returned):
    """The objective of one tier: value placed less penalties; larger is better.

    Parameters
    ----------
    tier
        The tier.
    objective
        What the schedule reaches.
    bound
        No schedule that keeps the stronger tiers at the level reached can have more.
    gap
        (bound - objective) / abs(objective), as a fraction.
    rules
        The part of each rule: positive for the value of placed sessions, negative for penalties.
    """

    _infinite: ClassVar[tuple[str, ...]] = ("gap",)

    tier: str
    objective: int
    bound: float
    gap: Gap
    rules: Mapping[str, int]

    def __str__(self) -> str:
        return f"  {self.tier:<10} {self.objective} (bound {self.bound:g}, gap {100 * self.gap:.3g} %)"


@dataclass(frozen=True)
class Provenance(Returned):
    """What is needed to make the same schedule again.

    Parameters
    ----------
    safeschedule, ortools, python
        Versions.
    seed, workers, time_limit, deterministic_limit
        Of the search; the time limit in seconds, ``None``: none.
    problem_hash, rulebook, rulebook_hash
        Of the problem as it was given, without the rules that were given beside it.
    solver, solver_package
        The solver, and the distribution (with its version) from which it comes.
    own_rules
        The rules that do not come with the package: those given to the call, and those that the rulebook
        names; each with the distribution (and its version) from which it comes.
    search_parameters
        What the search was tuned by otherwise than it comes with the package, such as
        ``improvement.lacking = 0.8``.
    """

    safeschedule: str
    ortools: str
    python: str
    seed: int
    workers: int
    time_limit: float | None
    deterministic_limit: float | None
    problem_hash: str
    rulebook: str
    rulebook_hash: str
    solver: str = "cpsat"
    solver_package: str = ""
    own_rules: tuple[str, ...] = ()
    search_parameters: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.time_limit == math.inf:  # no limit, in one form only
            object.__setattr__(self, "time_limit", None)


@dataclass(frozen=True)
class Result(Returned):
    """The outcome of a solve.

    Parameters
    ----------
    status
        ``optimal`` and ``feasible`` come with a schedule, the others without.
    schedule
        The best schedule, accepted by the verifier; ``None`` when there is none.
    objective, bound, gap
        The sums over the tiers; ``None`` without a schedule. The gap is a fraction.
    tiers
        The same by tier, strongest first.
    seconds
        Wall-clock seconds by phase, with ``total``.
    placed
        Sessions in the schedule.
    left_out
        Requests with sessions that are not in it, each with a reason.
    verification
        The verifier's account of the schedule.
    explanation
        Plain sentences: without a schedule about why, with one about what the reader should know.
    interrupted
        Whether it was stopped from outside.
    phases
        What was done, in order: each phase's seconds, and best and bound at its end.
    ended
        What ended the search: ``itself``, ``limit``, ``ceiling`` (the time limit, before the deterministic
        limit: the same seed and limits may give another result) or ``stop``.
    most_sessions
        The number of sessions that no schedule exceeds, as far as it is proven; ``None``: not known.
    warnings
        What is hardly meant in the problem, with or without a schedule; see `safeschedule.problem.warnings`.

    Examples
    --------
    >>> result.status, result.verified
    (<Status.OPTIMAL: 'optimal'>, True)
    >>> type(result).from_dict(result.to_dict()) == result
    True
    """

    _derived: ClassVar[tuple[str, ...]] = ("verified", "notices")
    _infinite: ClassVar[tuple[str, ...]] = ("gap",)
    _in_files: ClassVar[tuple[str, ...]] = (
        "schedule",
        "verification",
    )

    status: Status
    schedule: Schedule | None
    objective: float | None
    bound: float | None
    gap: float | None
    tiers: tuple[TierObjective, ...]
    seconds: Mapping[str, float]
    placed: int
    left_out: tuple[LeftOut, ...]
    verification: Verification | None
    provenance: Provenance
    explanation: tuple[str, ...] = ()
    interrupted: bool = False
    phases: tuple[Phase, ...] = ()
    ended: Ended | None = None
    most_sessions: int | None = None
    warnings: tuple[Fault, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.gap is None and self.objective is not None:
            object.__setattr__(self, "gap", math.inf)

    @property
    def verified(self) -> bool:
        """Whether there is a schedule and the verifier accepts it."""
        return self.verification is not None and self.verification.compliant

    @property
    def notices(self) -> tuple[WeekNotice, ...]:
        """What the verifier tells of the schedule that breaks no rule, pressing notices first."""
        return () if self.verification is None else self.verification.notices

    def frames(self, problem: Problem, backend: str = "pandas") -> dict[str, Any]:
        """Return the result as tidy data frames, by name.

        They are those of the schedule, those of the verifier's account, and how the solve went.

        Parameters
        ----------
        problem
            The week that was planned.
        backend
            ``pandas``, ``polars`` or ``pyarrow``.

        Raises
        ------
        InputError
            The two do not belong together, there is no such backend, or a library is not installed.

        Examples
        --------
        >>> frames = result.frames(problem, "polars")
        >>> frames["load"].select("sessions").sum().item() == result.placed
        True
        """
        found: dict[str, Any] = later("exchange.frames.calls.result_frames", self, problem, backend)
        return found

    def __str__(self) -> str:
        lines = [f"status     {self.status}{' (interrupted)' if self.interrupted else ''}"]
        if self.schedule is not None:
            lines += [
                f"objective  {self.objective:g}, bound {self.bound:g}, gap {100 * (self.gap or 0):.3g} %",
                *(str(tier) for tier in self.tiers),
                f"placed     {self.placed} sessions, left out {sum(e.sessions for e in self.left_out)}",
                f"verified   {'yes' if self.verified else 'no'}",
            ]
        lines += (notice.text for notice in self.notices if notice.pressing)
        lines += self.explanation
        lines.append(f"seconds    {self.seconds.get('total', 0):.1f}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return str(later("reports.notebook.result_html", self))
