"""One stored week solved, and what every table says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.instances import Instance

if TYPE_CHECKING:
    from safeschedule import Problem, Schedule


def solved(
    instance: Instance, problem: Problem, limit: float | None, seed: int
) -> tuple[dict[str, Any], Schedule | None]:
    """Return a line on how a week was solved, and its schedule; without one the line names no sessions.

    Parameters
    ----------
    problem
        The instance's, or what was made of it.
    limit
        Seconds; ``None``: its family's.
    seed
        Of the search.
    """
    from safeschedule import solve

    seconds = limit or instance.family.seconds
    result = solve(problem, time_limit=seconds, seed=seed)
    line: dict[str, Any] = {"instance": instance.name, "time_limit": seconds, "verified": result.verified}
    if result.schedule is not None:
        line |= {"placed": result.placed, "asked": sum(request.count for request in problem.requests)}
    return line, result.schedule
