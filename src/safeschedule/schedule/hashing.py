"""The hash that says whether two schedules are the same week."""

from __future__ import annotations

import hashlib
import json

from safeschedule.problem.kinds import require_kind
from safeschedule.problem.once import once_each
from safeschedule.schedule.schedule import Schedule

_BESIDE = {"id", "revision"}


def schedule_hash(schedule: Schedule) -> str:
    """Return the SHA-256 of a schedule in 64 hexadecimal digits; 16 are enough to show.

    It is taken over what stands in the week: its first date, its time zone, appointments and blocks. Their
    order, their ids and revisions, reasons for what is left out and the provenance do not count.

    Examples
    --------
    >>> from datetime import date
    >>> schedule_hash(Schedule(week_start=date(2026, 10, 5)))[:8]
    '2b06d39e'
    """
    require_kind("schedule_hash", "schedule", schedule, Schedule)
    return _hash_of(schedule)


@once_each
def _hash_of(schedule: Schedule) -> str:
    plain = schedule.model_dump(
        mode="json",
        exclude_defaults=True,
        include={"week_start": True, "time_zone": True, "appointments": True, "blocks": True},
    )
    for name in ("appointments", "blocks"):
        entries = ({k: v for k, v in entry.items() if k not in _BESIDE} for entry in plain.get(name, ()))
        plain[name] = sorted(json.dumps(entry, sort_keys=True) for entry in entries)
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
