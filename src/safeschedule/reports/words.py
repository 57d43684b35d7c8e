"""Numbers, dates and durations in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, such as ``1 session`` and ``2 sessions``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def hours(minutes: int) -> str:
    """Return a duration, such as ``2 h 15``."""
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" + (f" {minutes % 60:02d}" if minutes % 60 else "")


def weekday(day: date) -> str:
    """Return the name of a date's weekday; the same in every locale."""
    return _DAYS[day.weekday()]


def long_date(day: date) -> str:
    """Return a date, such as ``5 October 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return a date and its weekday, such as ``Mon 5 Oct``."""
    return f"{weekday(day)[:3]} {day.day} {_MONTHS[day.month - 1][:3]}"


def week_title(start: date) -> str:
    """Return the dates of a week, such as ``5 to 11 October 2026``."""
    end = start + timedelta(days=6)
    if start.year != end.year:
        return f"{long_date(start)} to {long_date(end)}"
    if start.month != end.month:
        return f"{start.day} {_MONTHS[start.month - 1]} to {long_date(end)}"
    return f"{start.day} to {long_date(end)}"


def clock(moment: datetime) -> str:
    """Return the time of day."""
    return f"{moment:%H:%M}"


def spaced(name: str) -> str:
    """Return a name such as ``group_preparation`` as words: ``Group preparation``."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
