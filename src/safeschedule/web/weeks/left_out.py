"""What of the requests is not in a schedule; reasons that are known stay as long as they can be true."""

from __future__ import annotations

from safeschedule import LeftOut, Problem, Schedule
from safeschedule.schedule.serving import served


def with_left_out(problem: Problem, schedule: Schedule) -> Schedule:
    """Return the schedule with an entry for each request that has fewer sessions than it asks for."""
    have = served(problem, schedule)
    known = {entry.request: entry for entry in schedule.left_out}
    entries = []
    for request in problem.requests:
        missing = request.count - have[request.id]
        if missing <= 0:
            continue
        entry = known.get(request.id)
        entries.append(
            LeftOut(request=request.id, sessions=missing)
            if entry is None
            else entry.model_copy(update={"sessions": missing})
        )
    return schedule.model_copy(update={"left_out": tuple(entries)})
