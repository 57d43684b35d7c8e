"""The hash that says whether two schedules are the same."""

from __future__ import annotations

from safeschedule.problem.hashing import entity_hash, require_kind
from safeschedule.problem.once import once_each
from safeschedule.schedule.schedule import Schedule


def schedule_hash(schedule: Schedule) -> str:
    """Return the SHA-256 of a schedule in 64 hexadecimal digits, taken as for `problem_hash`.

    Examples
    --------
    >>> from safeschedule import Schedule
    >>> len(schedule_hash(Schedule(week_start="2026-10-05")))
    64
    """
    require_kind("schedule_hash", "schedule", schedule, Schedule)
    return _hash_of(schedule)


@once_each
def _hash_of(schedule: Schedule) -> str:
    return entity_hash(schedule)
