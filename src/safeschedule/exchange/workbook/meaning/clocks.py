"""Times of day: 9, 9:00, 9.30, "9am", 0.375, 14h30; what could be morning or afternoon is refused."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

from safeschedule.exchange.workbook.meaning.meant import Habits, Meant, UnreadError

DAY = 24 * 60
EXPECTED = 'a time of day such as "09:30"'
AMBIGUOUS = '"AM" or 24 hours: write 14:30 or 2:30am; or say on the sheet Week what hours from 1 to 6 are'

_EXACT = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")
CLOCK = r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?h?\s*(?P<half>[ap]\.?m?\.?(?![a-z]))?"
_CLOCK = re.compile(CLOCK, re.IGNORECASE)
_FOUR = re.compile(r"([01][0-9]|2[0-4])([0-5][0-9])")
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):00")


def shown(minutes: int) -> str:
    """Return minutes since midnight as JSON has them."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_clock(value: Any, habits: Habits) -> Meant:
    """Return the time of day that a cell means, as ``"HH:MM"``.

    Raises
    ------
    UnreadError
        It is none, or could be two.
    """
    if isinstance(value, datetime) and value.date().year < 1905:
        # Where a workbook counts from 1900, the time of day alone is a date of that year.
        value = timedelta(days=(value.date() - datetime(1899, 12, 31).date()).days) + _since_midnight(value)
    if isinstance(value, time):
        value = _since_midnight(value)
    if isinstance(value, timedelta):
        return Meant(shown(_whole(value.total_seconds() / 60)))
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UnreadError(EXPECTED)
    return _text(value.strip(), habits) if isinstance(value, str) else _number(value, habits)


def _since_midnight(value: time | datetime) -> timedelta:
    return timedelta(
        hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
    )


def _whole(minutes: float) -> int:
    """Return whole minutes of a fraction of a day, which no binary number is exactly."""
    found = round(minutes)
    if abs(found - minutes) > 0.02 or not 0 <= found <= DAY:
        raise UnreadError(f"{EXPECTED}, to the minute")
    return found


def _number(value: float, habits: Habits) -> Meant:
    if value < 1:
        return Meant(shown(_whole(value * DAY)), literal=False)
    if value != int(value):
        raise UnreadError(f"{EXPECTED}; {value} could be hours and minutes, or hours with a fraction")
    return Meant(shown(hours(int(value), 0, None, habits)), literal=False)


def _text(text: str, habits: Habits) -> Meant:
    if _EXACT.fullmatch(text):
        if text > "24:00":
            raise UnreadError(EXPECTED)
        return Meant(text)
    word = {"noon": "12:00", "midday": "12:00"}.get(text.casefold())
    if word:
        return Meant(word, literal=False)
    four = _FOUR.fullmatch(text)
    if four:
        return Meant(shown(hours(int(four[1]), int(four[2]), "24", habits)), literal=False)
    text = _SECONDS.sub(r"\1", text)
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise UnreadError(EXPECTED)
    return Meant(shown(of_match(match, habits)), literal=False)


def of_match(match: re.Match[str], habits: Habits) -> int:
    """Return the minutes since midnight of a match of `CLOCK`."""
    # 02:30 with its zero is of 24 hours; 2:30 is as people say it.
    half = match["half"] or ("24" if match["hour"].startswith("0") else None)
    return hours(int(match["hour"]), int(match["minute"] or 0), half, habits)


def hours(hour: int, minute: int, half: str | None, habits: Habits) -> int:
    """Return the minutes since midnight of an hour as people say it.

    Parameters
    ----------
    half
        ``am`` or ``pm`` in some spelling, ``24``, or nothing.
    """
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise UnreadError(EXPECTED)
    if half is not None and half[0] in "aApP":
        if not 1 <= hour <= 12:
            raise UnreadError(EXPECTED)
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    elif half is None and 1 <= hour <= 6:
        if habits.afternoons is None:
            raise UnreadError(AMBIGUOUS, "ambiguous")
        hour += 12 if habits.afternoons else 0
    return hour * 60 + minute
