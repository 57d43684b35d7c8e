"""Local wall-clock times: clock times, weekdays, windows, and minutes counted from the week's start."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from safeschedule.problem.entity import Entity, Minutes

DAY = 24 * 60
"""Minutes of a wall-clock day."""

_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")


def parse_clock(value: Any) -> int:
    """Return the minutes since midnight of a clock time such as ``"09:30"`` (up to ``"24:00"``)."""
    if isinstance(value, int) and not isinstance(value, bool):
        minutes = value
    else:
        match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
        minutes = int(match[1]) * 60 + int(match[2]) if match else -1
    if not 0 <= minutes <= DAY:
        raise ValueError('expected a clock time such as "09:30"')
    return minutes


def format_clock(minutes: int) -> str:
    """Return minutes since midnight as ``"HH:MM"``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


Clock = Annotated[
    int,
    BeforeValidator(parse_clock),
    PlainSerializer(format_clock, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-4]):[0-5][0-9]$"}),
]
"""A time of day in minutes since midnight, written ``"HH:MM"``."""


def parse_moment(value: Any) -> datetime:
    """Return the local wall-clock time of text such as ``"2026-10-05T09:30"``."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, datetime) or value.tzinfo is not None or value.second or value.microsecond:
        raise ValueError('expected a local time such as "2026-10-05T09:30", without zone and seconds')
    return value


Moment = Annotated[
    datetime,
    BeforeValidator(parse_moment),
    PlainSerializer(lambda value: value.isoformat(timespec="minutes"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}),
]
"""A local wall-clock time of the problem's time zone, to the minute, written without zone."""


class Weekday(StrEnum):
    """Days as written in problem files."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def number(self) -> int:
        """Monday is 0, as in ``datetime.date.weekday``."""
        return list(Weekday).index(self)

    @classmethod
    def of(cls, day: date) -> Weekday:
        """Return the weekday of a date."""
        return list(cls)[day.weekday()]


class Window(Entity):
    """A span of clock time on one weekday, start included and end excluded."""

    day: Weekday
    start: Clock
    end: Clock


class Span(Entity):
    """A span of local time, start included and end excluded."""

    start: Moment
    end: Moment


class Slot(Entity):
    """A weekday and a clock time, such as a standing appointment's."""

    day: Weekday
    start: Clock


def minutes_after(origin: date, moment: datetime) -> int:
    """Return the wall-clock minutes from the first minute of `origin` to `moment`.

    Clock changes are not counted: every date has 1440 wall-clock minutes.
    """
    return (moment.date() - origin).days * DAY + moment.hour * 60 + moment.minute


def moment_at(origin: date, minutes: int) -> datetime:
    """Return the local time that lies `minutes` wall-clock minutes after the first minute of `origin`."""
    return datetime.combine(origin, time()) + timedelta(minutes=minutes)


__all__ = [
    "DAY",
    "Clock",
    "Minutes",
    "Moment",
    "Slot",
    "Span",
    "Weekday",
    "Window",
    "format_clock",
    "minutes_after",
    "moment_at",
    "parse_clock",
    "parse_moment",
]
