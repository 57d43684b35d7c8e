"""Local wall-clock times: clock times, weekdays, windows, and minutes counted from the week's start."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, ValidationInfo, WithJsonSchema

from safeschedule.problem.entity import Entity, Minutes, refusal
from safeschedule.problem.taking import Word

DAY = 24 * 60
"""Minutes of a wall-clock day."""

FIRST_DATE, LAST_DATE = date(1970, 1, 1), date(2199, 12, 31)
"""The dates between which everything lies: time zones have rules for them, and no sum leaves the calendar."""

_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")
_WHOLE_DAYS = "a span of whole days ends at 00:00 of the day after"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00)?")


def parse_clock(value: Any) -> int:
    """Return the minutes since midnight of a clock time such as ``"09:30"`` (up to ``"24:00"``)."""
    if isinstance(value, int) and not isinstance(value, bool):
        minutes = value
    else:
        match = _CLOCK.fullmatch(value) if isinstance(value, str) else None
        minutes = int(match[1]) * 60 + int(match[2]) if match else -1
    if not 0 <= minutes <= DAY:
        raise refusal("bad_value", 'a clock time such as "09:30"')
    return minutes


def _clock(value: Any, info: ValidationInfo) -> int:
    # In Python minutes are minutes; in a file a 9 is more likely nine o'clock than nine past midnight.
    return parse_clock(str(value) if info.mode == "json" else value)


def format_clock(minutes: int) -> str:
    """Return minutes since midnight as ``"HH:MM"``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


ClockValue = Annotated[
    int,
    BeforeValidator(_clock),
    PlainSerializer(format_clock, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-4]):[0-5][0-9]$"}),
]
"""A time of day in minutes since midnight, written ``"HH:MM"``."""


def parse_day(value: Any) -> date:
    """Return the date of text such as ``"2026-10-05"``."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if _DAY.fullmatch(value) else None
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise refusal("wrong_type", 'a date such as "2026-10-05"')
    if not FIRST_DATE <= value <= LAST_DATE:
        raise refusal("out_of_range", f"a date from {FIRST_DATE} to {LAST_DATE}")
    return value


DayValue = Annotated[
    date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A date of the years 1970 to 2199."""


def parse_moment(value: Any) -> datetime:
    """Return the local wall-clock time of text such as ``"2026-10-05T09:30"``."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        # Which end of the day is meant is not ours to guess: the last day of a leave would go unprotected.
        raise refusal("bad_value", f'a time beside the date, such as "{value}T09:30"; {_WHOLE_DAYS}')
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
        except ValueError:
            value = None
    if not isinstance(value, datetime) or value.tzinfo is not None or value.second or value.microsecond:
        raise refusal("bad_value", 'a local time such as "2026-10-05T09:30", without zone and seconds')
    if not FIRST_DATE <= value.date() <= LAST_DATE:
        raise refusal("out_of_range", f"a time from {FIRST_DATE} to {LAST_DATE}")
    return value


MomentValue = Annotated[
    datetime,
    BeforeValidator(parse_moment),
    PlainSerializer(lambda value: value.isoformat(timespec="minutes"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}),
]
"""A local wall-clock time of the problem's time zone, to the minute, written without zone."""


if TYPE_CHECKING:
    from safeschedule.problem.taking import Taking

    Clock = Taking[int, int | str]
    Day = Taking[date, date | str]
    DayOrNone = Taking[date | None, date | str | None]
    Moment = Taking[datetime, datetime | str]
    MomentOrNone = Taking[datetime | None, datetime | str | None]
else:
    Clock = ClockValue
    Day, DayOrNone = DayValue, DayValue | None
    Moment, MomentOrNone = MomentValue, MomentValue | None


def zone_exists(name: str) -> bool:
    """Return whether a time zone of this name is known here."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name of a zone at all; a folder or too long
        return False
    return True


def _zone(name: str) -> str:
    if len(name) > 200 or not zone_exists(name):
        raise refusal("unknown_time_zone", "an IANA time zone such as Europe/London")
    return name


Zone = Annotated[str, AfterValidator(_zone)]
"""The name of a time zone that is known."""


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

    @property
    def next(self) -> Weekday:
        """The day after."""
        return list(Weekday)[(self.number + 1) % 7]


class Window(Entity):
    """A span of clock time on one weekday, start included and end excluded.

    In a list, one that ends before it starts ends on the next day; it is kept as two, parted at midnight.
    """

    day: Word[Weekday]
    start: Clock
    end: Clock


Timed = TypeVar("Timed", bound=Entity)


def _at_midnight(spans: tuple[Timed, ...]) -> tuple[Timed, ...]:
    """Return the spans with what lies after midnight apart, after all the others."""
    first: list[Timed] = []
    later: list[Timed] = []
    for span in spans:
        day, start, end = (getattr(span, name) for name in ("day", "start", "end"))
        if end >= start:
            first.append(span)
            continue
        first.append(span.model_copy(update={"end": DAY}))
        if end:
            later.append(span.model_copy(update={"day": day.next, "start": 0}))
    # At the end, so that the places of the others are those of the file.
    return (*first, *later)


OverMidnight = AfterValidator(_at_midnight)
"""For lists of spans by weekday, of which each may end on the next day."""


class Span(Entity):
    """A span of local time, start included and end excluded."""

    start: Moment
    end: Moment


class Slot(Entity):
    """A weekday and a clock time, such as a standing appointment's."""

    day: Word[Weekday]
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
    "FIRST_DATE",
    "LAST_DATE",
    "Clock",
    "Day",
    "DayOrNone",
    "Minutes",
    "Moment",
    "MomentOrNone",
    "OverMidnight",
    "Slot",
    "Span",
    "Weekday",
    "Window",
    "Zone",
    "format_clock",
    "minutes_after",
    "moment_at",
    "parse_clock",
    "parse_day",
    "parse_moment",
    "zone_exists",
]
