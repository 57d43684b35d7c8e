"""How findings are put into words, in plain English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BLOCKS = {
    "break": "a break",
    "reset": "a reset",
    "urgent_slot": "an urgent slot",
}
"""Kinds that are not called blocks."""


def weekday_name(number: int) -> str:
    """Return a weekday's name; Monday is 0."""
    return _DAYS[number]


def day_name(day: date) -> str:
    """Return a date as "Tuesday 6 October"."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def clock(minutes: int) -> str:
    """Return minutes since midnight as "09:30"; midnight at the end of a date is 24:00."""
    return "24:00" if minutes == 1440 else f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def span(start: int, end: int) -> str:
    """Return a span, in minutes from the first minute of any date, as "09:00-10:00"."""
    midnight = start // 1440 * 1440
    return f"{clock(start - midnight)}-{clock(end - midnight)}"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return "1 session" or "3 sessions"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listing(names: Sequence[str], most: int = 4) -> str:
    """Return "A", "A and B", "A, B and C", or the first names and how many others."""
    if len(names) > most:
        names = [*names[:most], count(len(names) - most, "other")]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def points(hundredths: int) -> str:
    """Return hundredths of a point as "3", "2.5" or "0.25"."""
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def words(code: str) -> str:
    """Return a word of the format, such as ``case_review``, as people write it."""
    return code.replace("_", " ")


def block_name(kind: str) -> str:
    """Return a block of a kind with its article, as in "a documentation block"."""
    return _BLOCKS.get(kind, f"a {words(kind)} block")
