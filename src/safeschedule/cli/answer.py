"""What ``solve --json`` prints: one JSON object, whose schema ``schema result`` prints."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safeschedule.errors import Fault
    from safeschedule.result import Result


@dataclass(frozen=True)
class TierAnswer:
    """The objective of one tier, strongest tier first."""

    tier: str
    objective: float
    bound: float | None
    gap: float | None
    rules: dict[str, float]


@dataclass(frozen=True)
class PhaseAnswer:
    """One phase of the solve, in order: its seconds, and best and bound at its end (``null``: not known)."""

    name: str
    seconds: float
    best: float | None
    bound: float | None


@dataclass(frozen=True)
class LeftOutAnswer:
    """Sessions of a request that are not in the schedule, the rules that stood against them, and why."""

    request: str
    sessions: int
    rules: list[str]
    reason: str


@dataclass(frozen=True)
class ProvenanceAnswer:
    """What is needed to make the same schedule again."""

    solver: str
    solver_package: str
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


@dataclass(frozen=True)
class Answer:
    """The outcome of a solve; the schedule itself is in its own file.

    Parameters
    ----------
    status
        ``optimal`` and ``feasible`` come with a schedule, the others without.
    objective, bound, gap
        ``null`` while unknown. The gap is a fraction: 0.01 is one per cent.
    seconds
        Wall-clock seconds in all.
    seconds_by_phase
        The same by phase.
    phases
        What was done, in order.
    placed
        Sessions in the schedule.
    left_out
        Requests with sessions that are not in it.
    verified
        Whether there is a schedule and the independent verifier accepts it.
    tiers
        The objective by tier.
    interrupted
        Whether a signal ended the search.
    explanation
        Sentences: without a schedule about why, with one about what the reader should know.
    ended
        What ended the search: ``itself`` (proven, or nothing helps any more), ``limit``, ``ceiling`` (the
        time limit before the deterministic limit, so that it may not be repeated) or ``stop``.
    most_sessions
        The number of sessions that no schedule exceeds; ``null`` while not proven.
    provenance
        Versions, seed, limits and hashes.
    warnings
        What is hardly meant in the problem: requests that no week can place, exemptions from rules.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    seconds_by_phase: dict[str, float]
    phases: list[PhaseAnswer]
    placed: int
    left_out: list[LeftOutAnswer]
    verified: bool
    tiers: list[TierAnswer]
    interrupted: bool
    explanation: list[str]
    ended: Literal["itself", "limit", "ceiling", "stop"] | None
    most_sessions: int | None
    provenance: ProvenanceAnswer
    warnings: list[dict[str, str]]


def answer(result: Result, warnings: Sequence[Fault] = ()) -> dict[str, Any]:
    """Return the outcome as plain data for JSON, with the problem's warnings."""
    provenance = asdict(result.provenance)
    made = Answer(
        status=result.status.value,
        objective=_finite(result.objective),
        bound=_finite(result.bound),
        gap=_finite(result.gap),
        seconds=result.seconds.get("total", 0.0),
        seconds_by_phase={phase: spent for phase, spent in result.seconds.items() if phase != "total"},
        phases=[
            PhaseAnswer(phase.name, phase.seconds, _finite(phase.best), _finite(phase.bound))
            for phase in result.phases
        ],
        placed=result.placed,
        left_out=[
            LeftOutAnswer(entry.request, entry.sessions, list(entry.rules), entry.reason)
            for entry in result.left_out
        ],
        verified=result.verified,
        tiers=[
            TierAnswer(tier.tier, tier.objective, _finite(tier.bound), _finite(tier.gap), dict(tier.rules))
            for tier in result.tiers
        ],
        interrupted=result.interrupted,
        explanation=list(result.explanation),
        ended=None if result.ended is None else result.ended.value,
        most_sessions=result.most_sessions,
        provenance=ProvenanceAnswer(**{name: provenance[name] for name in ProvenanceAnswer.__annotations__}),
        warnings=[warning.as_dict() for warning in warnings],
    )
    return asdict(made)


def answer_schema() -> dict[str, Any]:
    """Return the JSON schema of the object that ``solve --json`` prints."""
    from pydantic import TypeAdapter

    return TypeAdapter(Answer).json_schema()


def _finite(value: float | None) -> float | None:
    # JSON has no infinity; a gap is infinite when the objective is nought.
    return value if value is not None and math.isfinite(value) else None
