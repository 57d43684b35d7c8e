"""Wall-clock minutes that a clock change skips or repeats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from safeschedule.verifier.intervals import Interval, merged


def zone_of(name: str) -> ZoneInfo | None:
    """Return the time zone of that name, or ``None`` where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def clock_changes(zone: ZoneInfo | None, dates: Sequence[date]) -> list[Interval]:
    """Return the minutes, from the first minute of the first date, that do not exist or exist twice."""
    return [] if zone is None else list(_changes(zone, tuple(dates)))


@lru_cache(maxsize=64)
def _changes(zone: ZoneInfo, dates: tuple[date, ...]) -> tuple[Interval, ...]:
    # Looking at every minute is only worth it in the two weeks of a year in which the offset changes.
    offsets = {
        _at(zone, day, hour, 0, fold).utcoffset() for day in dates for hour in range(24) for fold in (0, 1)
    }
    offsets.update(_at(zone, day, 23, 59, 1).utcoffset() for day in dates)
    if len(offsets) <= 1:
        return ()
    return tuple(
        merged(
            (minute, minute + 1)
            for index, day in enumerate(dates)
            for minute in range(index * 1440, index * 1440 + 1440)
            if _odd(zone, day, minute - index * 1440)
        )
    )


def _at(zone: ZoneInfo, day: date, hour: int, minute: int, fold: int) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), tzinfo=zone)


def _odd(zone: ZoneInfo, day: date, minute: int) -> bool:
    # In a gap and in a repeated hour, and only there, the two readings of a wall-clock time differ (PEP 495).
    first, second = (_at(zone, day, *divmod(minute, 60), fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()
