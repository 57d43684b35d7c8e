"""Who cannot take a session on a date, whatever the time: limits of clients, sessions and intensity."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.explaining.unplaced.limits import beyond_limits
from safeschedule.problem import Request
from safeschedule.schedule import Schedule
from safeschedule.suggesting.moving import amended
from safeschedule.suggesting.openings import Openings
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.nearby import Given


def bars(
    standing: Standing, request: Request, openings: Openings, without: Sequence[Given]
) -> dict[tuple[int, int], tuple[Finding, ...]]:
    """Return what a session would break with a clinician on a date at any time, by their numbers."""

    def made(given: Sequence[Given]) -> Schedule:
        return amended(standing.schedule, without, given)

    return beyond_limits(standing, openings.index, request, openings.rows, made)
