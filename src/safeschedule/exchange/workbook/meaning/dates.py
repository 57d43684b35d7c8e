"""Dates: real ones, ISO, 17/09/26, 30 Sep; what could be two is refused until the workbook says the order."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from safeschedule.exchange.workbook.meaning.meant import Habits, Meant, UnreadError

EXPECTED = 'a date such as "2026-10-05"'
AMBIGUOUS = 'a date such as "2026-10-05", or on the sheet Week the order in which dates are written'

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?(\.0+)?$")
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})(?:[./-](\d{2}|\d{4}))?")
_NAMED = (
    re.compile(
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{3,9})\.?(?:[\s,-]+(?P<year>\d{4}|'?\d{2}))?"
    ),
    re.compile(r"(?P<month>[a-z]{3,9})\.?[\s-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"),
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_WEEKDAY = re.compile(
    r"(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)(day|nesday|sday|rsday|urday)?,?\s+"
)
_EPOCH, _SERIALS = date(1899, 12, 30), range(25_569, 109_575)
"""Excel's day nought, and its numbers of the dates from 1970 to 2199."""


def read_date(value: Any, habits: Habits) -> Meant:
    """Return the date that a cell means, as ISO text.

    Raises
    ------
    UnreadError
        It is none, or could be two.
    """
    if isinstance(value, datetime):
        if value.hour or value.minute or value.second:
            raise UnreadError(f"{EXPECTED}, without a time")
        return Meant(value.date().isoformat())
    if isinstance(value, date):
        return Meant(value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == int(value) and int(value) in _SERIALS:
            return Meant((_EPOCH + timedelta(days=int(value))).isoformat(), literal=False)
        raise UnreadError(EXPECTED)
    if not isinstance(value, str):
        raise UnreadError(EXPECTED)
    text = _MIDNIGHT.sub("", value.strip())
    if _ISO.fullmatch(text):
        return Meant(
            _date(int(text[:4]), int(text[5:7]), int(text[8:])).isoformat(), literal=text == value.strip()
        )
    return Meant(_of_text(text.casefold(), habits).isoformat(), literal=False)


def _of_text(text: str, habits: Habits) -> date:
    weekday = _WEEKDAY.match(text)
    found = _without_weekday(text[weekday.end() :] if weekday else text, habits)
    if weekday and ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[found.weekday()] != weekday[1][:3]:
        raise UnreadError(f"the weekday of {found}, or none", "contradiction")
    return found


def _without_weekday(text: str, habits: Habits) -> date:
    numbers = _NUMBERS.fullmatch(text)
    if numbers:
        return _of_numbers(numbers, habits)
    for pattern in _NAMED:
        named = pattern.fullmatch(text)
        if named:
            month = _month(named["month"])
            return _dated(named["year"], month, int(named["day"]), habits)
    raise UnreadError(EXPECTED)


def _month(word: str) -> int:
    found = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(word) or word == name[:4] == "sept"]
    if len(found) != 1:
        raise UnreadError(EXPECTED)
    return found[0]


def _of_numbers(match: re.Match[str], habits: Habits) -> date:
    first, second, year = match[1], int(match[2]), match[3]
    if len(first) == 4 and year is not None and len(year) == 2:
        return _date(int(first), second, int(year))
    if len(first) > 2:
        raise UnreadError(EXPECTED)
    one = int(first)
    if habits.order is None and one <= 12 and second <= 12 and one != second:
        raise UnreadError(AMBIGUOUS, "ambiguous")
    # 17/09 is the 17th in any order; what the workbook says holds for the others.
    day_first = habits.order == "dmy" if one <= 12 and second <= 12 else one > 12
    if habits.order is not None and day_first != (habits.order == "dmy") and one != second:
        raise UnreadError("a date in the order that the sheet Week names", "contradiction")
    day, month = (one, second) if day_first else (second, one)
    return _dated(year, month, day, habits)


def _dated(year: str | None, month: int, day: int, habits: Habits) -> date:
    if year is not None:
        number = int(year.lstrip("'"))
        return _date(2000 + number if number < 100 else number, month, day)
    # Without a year: the nearest, which is told.
    near = date.fromisoformat(habits.near)
    found = []
    for guess in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(guess, month, day))
        except ValueError:
            continue
    if not found:
        raise UnreadError(EXPECTED)
    return min(found, key=lambda each: abs((each - near).days))


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadError(EXPECTED) from None
