"""Times of FHIR as local wall-clock times, and back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_TIME = re.compile(r"(\d{2}):(\d{2}):00(?:\.0+)?")


def instant(local: str, zone: ZoneInfo) -> str:
    """Return a local time as an instant with its offset.

    Examples
    --------
    >>> instant("2026-10-05T09:00", ZoneInfo("Europe/London"))
    '2026-10-05T09:00:00+01:00'
    """
    moment = datetime.fromisoformat(local).replace(tzinfo=zone)
    offset = moment.utcoffset() or timedelta()
    # Until 1972 some zones were seconds away from whole minutes, which FHIR cannot say.
    return (moment if offset.seconds % 60 == 0 else moment.astimezone(UTC)).isoformat(timespec="seconds")


def local_time(text: str, zone: ZoneInfo) -> str | None:
    """Return an instant as a local time to the minute; ``None``: it has no offset, or seconds."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or moment.second or moment.microsecond:
            return None
        return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
    except (ValueError, OverflowError):
        return None


def first_date(text: str) -> date | None:
    """Return the first date of a date that may be only a year or a month; ``None``: it is none."""
    match = _PARTIAL.fullmatch(text)
    try:
        return match and date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None


def date_after(text: str) -> date | None:
    """Return the date after the last of a date, a month or a year; ``None``: it is none."""
    first = first_date(text)
    match = _PARTIAL.fullmatch(text)
    if first is None or match is None:
        return None
    try:
        if match[3]:
            return first + timedelta(days=1)
        if match[2]:
            return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first.replace(year=first.year + 1)
    except (OverflowError, ValueError):
        return None


def boundary(text: str, zone: ZoneInfo, *, end: bool) -> str | None:
    """Return one end of a period as a local time; an end that is a date includes that date.

    That a date stands for the whole of it is how FHIR defines Period.

    Examples
    --------
    >>> boundary("2017-05-20", ZoneInfo("UTC"), end=True)
    '2017-05-21T00:00'
    """
    day = date_after(text) if end else first_date(text)
    return f"{day}T00:00" if day is not None else local_time(text, zone)


def clock(text: str) -> str | None:
    """Return a time of day to the minute; ``None``: it has seconds."""
    match = _TIME.fullmatch(text)
    return match and f"{match[1]}:{match[2]}"


def minutes_between(start: str, end: str) -> int:
    """Return the wall-clock minutes between two local times."""
    return int((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()) // 60


def later(start: str, minutes: int) -> str:
    """Return the local time so many wall-clock minutes later."""
    return (datetime.fromisoformat(start) + timedelta(minutes=minutes)).isoformat(timespec="minutes")
