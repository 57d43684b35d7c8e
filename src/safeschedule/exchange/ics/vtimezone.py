"""The VTIMEZONE component of a zone, for the dates around one week.

Written here because the icalendar library states the onset of a change in the clock time after it, where
RFC 5545 wants the clock time before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_AROUND = timedelta(days=400)


@lru_cache(maxsize=16)
def vtimezone(zone: str, day: date) -> Timezone:
    """Return the component with the offsets that hold from about a year before `day` to a year after it."""
    component = Timezone()
    component.add("tzid", zone)
    info = ZoneInfo(zone)
    first = datetime.combine(day, time(), UTC) - _AROUND
    component.add_component(_observance(info, first, first))
    for before, after in _changes(info, first, first + 2 * _AROUND):
        component.add_component(_observance(info, before, after))
    return component


def _observance(info: ZoneInfo, before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds from the instant `after`, having come from what held at the instant `before`."""
    old, new = before.astimezone(info), after.astimezone(info)
    component = TimezoneDaylight() if new.dst() else TimezoneStandard()
    component.add("dtstart", after.replace(tzinfo=None) + (old.utcoffset() or timedelta()))
    component.add("tzoffsetfrom", old.utcoffset())
    component.add("tzoffsetto", new.utcoffset())
    component.add("tzname", new.tzname())
    return component


def _changes(info: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the minutes before and after each change of offset."""
    step = timedelta(days=1)
    while first < last:
        if _offset(info, first) != _offset(info, first + step):
            before, after = first, first + step
            while after - before > timedelta(minutes=1):
                middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
                unchanged = _offset(info, middle) == _offset(info, before)
                before, after = (middle, after) if unchanged else (before, middle)
            yield before, after
        first += step


def _offset(info: ZoneInfo, instant: datetime) -> tuple[timedelta | None, str | None]:
    local = instant.astimezone(info)
    return local.utcoffset(), local.tzname()
