"""Dates and times as spreadsheets save them; what can be read in two ways is read in none."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_DAYS = {name: i for i, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?(?:\s?([AaPp])\.?[Mm]\.?)?")


def read_weekday(text: str) -> int:
    """Return the number of an English weekday, Monday being 0."""
    if text[:3].casefold() not in _DAYS:
        raise ValueError("a weekday such as Mon, or nothing")
    return _DAYS[text[:3].casefold()]


def read_date(text: str, weekday: int | None, week_start: date) -> date:
    """Return a date of the week.

    Spreadsheets rewrite dates in the fashion of the country. Such a date is taken when it is the only
    reading that lies in the week and on the row's weekday.
    """
    week = [week_start + timedelta(days=number) for number in range(7)]
    try:
        # Outside the week is the verifier's matter.
        return date.fromisoformat(text)
    except ValueError:
        parts = [int(part) for part in re.findall(r"\d+", text)]
    possible = {_date(parts, order) for order in ("dmy", "mdy", "ymd")}
    readings = [day for day in week if day in possible and weekday in (None, day.weekday())]
    if len(readings) != 1:
        raise ValueError(f"a date from {week[0]} to {week[6]}")
    return readings[0]


def _date(parts: list[int], order: str) -> date | None:
    if len(parts) != 3:
        return None
    found = dict(zip(order, parts, strict=True))
    year = found["y"] + 2000 if found["y"] < 100 else found["y"]
    try:
        return date(year, found["m"], found["d"])
    except ValueError:
        return None


def read_clock(text: str) -> int:
    """Return the minutes since midnight."""
    match = _CLOCK.fullmatch(text)
    if match:
        hour, minute, half = int(match[1]), int(match[2]), match[3]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half in "Pp" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return hour * 60 + minute
    raise ValueError("a clock time such as 09:30")


def moment(day: date, clock: int) -> datetime:
    """Return the local time of a date and a clock time."""
    return datetime(day.year, day.month, day.day) + timedelta(minutes=clock)
