"""A week with its schedule, as the summary and the folder of a roll know it."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from safeschedule.problem import Problem
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification


@dataclass(frozen=True)
class Kept:
    """A schedule that the verifier accepts.

    Parameters
    ----------
    schedule, verification
        The schedule, and the verifier's account of it.
    gap, seconds
        Of the solve that made it, the gap as a fraction; ``None`` where they are not known.
    problem
        The problem of the schedule, where somebody was routed into it; ``None``: the one that was asked for.
    """

    schedule: Schedule
    verification: Verification
    gap: float | None = None
    seconds: float | None = None
    problem: Problem | None = None

    @classmethod
    def of(cls, result: Result) -> Kept | None:
        """Return what a solve has found, if it has found something."""
        if result.schedule is None or result.verification is None:
            return None
        # An infinite gap, of a schedule that is worth nothing, says no more than none.
        gap = result.gap if result.gap is not None and isfinite(result.gap) else None
        return cls(result.schedule, result.verification, gap, result.seconds.get("total"))
