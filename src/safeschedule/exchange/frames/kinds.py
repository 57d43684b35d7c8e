"""The kinds of values in the columns of frames: numbers that count, real times, text, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from safeschedule.problem.clock import DAY, format_clock, parse_clock


class UnlikeError(ValueError):
    """A value is none of its column's kind; what would have been is its message."""


@dataclass(frozen=True)
class ColumnKind:
    """A kind of value.

    Parameters
    ----------
    name
        What it is, in a word or two.
    dtype
        The name of the type in narwhals, which has the same types for pandas, polars and Arrow.
    write
        The value of plain data, as JSON has it.
    read
        The plain data of a value; raises `UnlikeError`.
    parse
        The value of a cell's text; raises ``ValueError``.
    """

    name: str
    dtype: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    parse: Callable[[str], Any]


def _same(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise UnlikeError("text; codes such as 0042 lose their noughts as numbers")
    return str(value)


def _whole(value: Any) -> int:
    # A column of whole numbers of which some are absent has become one of decimals in many a program.
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        raise UnlikeError("a whole number")
    return int(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise UnlikeError("a number such as 0.8")
    return float(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnlikeError("true or false")
    return value


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.time() != time():
            raise UnlikeError("a date, without a time of day and a zone")
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value  # what it is not is told by the problem itself
    raise UnlikeError("a date")


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.second or value.microsecond:
            raise UnlikeError("a local time to the minute, without zone and seconds")
        return value.isoformat(timespec="minutes")
    if isinstance(value, str):
        return value
    raise UnlikeError("a local time: a datetime")


def _clock(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, time) and not (value.second or value.microsecond or value.tzinfo):
        return f"{value:%H:%M}"
    try:
        minutes = _whole(value)
    except UnlikeError:
        minutes = -1
    if not 0 <= minutes <= DAY:
        raise UnlikeError(f"minutes after midnight, 0 to {DAY}, such as 570 for half past nine")
    return format_clock(minutes)


def _truth_of(text: str) -> bool:
    return {"true": True, "false": False}[text.casefold()]


def _day_of(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time())


def _known(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a function of a cell's text; what it cannot be stays text, and is told as such."""

    def parsed(text: str) -> Any:
        try:
            return parse(text)
        except (KeyError, ValueError):
            return text

    return parsed


TEXT = ColumnKind("text", "String", _same, _text, _same)
WHOLE = ColumnKind("whole number", "Int64", _same, _whole, _known(int))
NUMBER = ColumnKind("number", "Float64", float, _number, _known(float))
TRUTH = ColumnKind("true or false", "Boolean", _same, _truth, _known(_truth_of))
DATE = ColumnKind("date", "Datetime", _day_of, _day, _known(datetime.fromisoformat))
MOMENT = ColumnKind("local time", "Datetime", datetime.fromisoformat, _moment, _known(datetime.fromisoformat))
CLOCK = ColumnKind("minute of the day", "Int64", parse_clock, _clock, _known(int))
