"""Tidy frames of studies: a row for each figure, with its bounds and its series."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from numbers import Real
from typing import Any

from safeschedule.errors import ArgumentError, Fault
from safeschedule.exchange.frames.native import columns_in
from safeschedule.plots.shapes import Curve, CurveMark
from safeschedule.problem.showing import did_you_mean, show

_BOUNDS = ("lower", "upper")


@dataclass(frozen=True)
class Names:
    """What the columns of a frame are called."""

    x: str = "x"
    y: str = "y"
    lower: str = "lower"
    upper: str = "upper"
    series: str = "series"


@dataclass(frozen=True)
class TidyRow:
    """A row of a frame: where it is, what it is called, its figure and its bounds, and its series.

    A date is its place as a number, and ``dated`` says so.
    """

    x: float
    name: str
    y: float | None
    lower: float | None
    upper: float | None
    series: str
    dated: bool = False


def read(
    call: str,
    frame: Mapping[str, Sequence[Any]] | Any,
    names: Names,
    *,
    named: bool = False,
    dates: bool = False,
    needed: Sequence[str] = ("x", "y"),
    ordered: bool = True,
    once: bool = True,
) -> tuple[TidyRow, ...]:
    """Return the rows of a frame.

    Parameters
    ----------
    call
        Who asks, for faults.
    frame
        A data frame of pandas, polars or Arrow, or columns by name.
    names
        What its columns are called.
    named
        Whether x is a name, not a number.
    dates
        Whether x may be a date.
    needed
        What has to be there in every row.
    ordered
        Whether the lower bound has to be the smaller one.
    once
        Whether each x stands once in a series.

    Raises
    ------
    ArgumentError
        With every fault: its column, or row (the first is 0) and column.
    InputError
        narwhals is not installed, and it is needed to read the frame.
    """
    columns = _columns(call, frame)
    roles = {role: getattr(names, role) for role in ("x", "y", *_BOUNDS, "series")}
    faults = [
        Fault(
            "missing_column",
            f"frame, {roles[role]}",
            "",
            f"a column of that name{did_you_mean(roles[role], columns)}",
        )
        for role in needed
        if roles[role] not in columns
    ]
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1:
        faults.append(
            Fault("bad_value", "frame", f"columns of {sorted(lengths)} rows", "columns of equal length")
        )
    elif lengths in (set(), {0}) and not faults:
        faults.append(Fault("missing_argument", "frame", "no rows", "at least one row"))
    if not faults:
        reading = _Reading(columns, roles, named=named, dates=dates, needed=needed)
        rows = [reading.row(place) for place in range(*lengths)]
        whole = {place: row for place, row in enumerate(rows) if place not in reading.broken}
        faults = [*reading.faults, *_odd(whole, roles, ordered=ordered, once=once, named=named)]
        if not faults:
            return tuple(rows)
    raise ArgumentError(f"arguments of {call}", faults)


def _columns(call: str, frame: Any) -> dict[str, list[Any]]:
    if isinstance(frame, Mapping):
        found = {}
        for name, column in frame.items():
            if isinstance(column, str) or not hasattr(column, "__iter__"):
                fault = Fault(
                    "wrong_type", f"frame, {name}", f"a {type(column).__name__}", "a list of values"
                )
                raise ArgumentError(f"arguments of {call}", [fault])
            found[str(name)] = list(column)
        return found
    return dict(columns_in({"frame": frame}, call)["frame"])


class _Reading:
    """Reads rows and keeps what is wrong with them."""

    def __init__(
        self,
        columns: Mapping[str, Sequence[Any]],
        roles: Mapping[str, str],
        *,
        named: bool,
        dates: bool,
        needed: Sequence[str],
    ) -> None:
        self._columns, self._roles = columns, roles
        self._named, self._dates, self._needed = named, dates, needed
        self.faults: list[Fault] = []
        self.broken: set[int] = set()
        """Rows of which something cannot be read."""

    def row(self, place: int) -> TidyRow:
        """Return a row; what is wrong in it is in `faults`."""
        x, name, dated = self._x(place)
        y, lower, upper = (self._figure(place, role) for role in ("y", *_BOUNDS))
        series = self._value(place, "series")
        return TidyRow(x, name, y, lower, upper, "" if series is None else str(series), dated)

    def _value(self, place: int, role: str) -> Any:
        column = self._columns.get(self._roles[role])
        value = None if column is None else column[place]
        absent = value is None or (isinstance(value, float) and math.isnan(value))
        return None if absent else value

    def _x(self, place: int) -> tuple[float, str, bool]:
        value = self._value(place, "x")
        if value is None:
            self._fault("missing_value", place, "x", "", "a value")
        elif self._named:
            return 0.0, str(value), False
        elif self._dates and isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return float(day.toordinal()), "", True
        else:
            return self._number(place, "x", value), "", False
        return 0.0, "", False

    def _figure(self, place: int, role: str) -> float | None:
        value = self._value(place, role)
        if value is not None:
            return self._number(place, role, value)
        if role in self._needed:
            self._fault("missing_value", place, role, "", "a number")
        return None

    def _number(self, place: int, role: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, Real | Decimal):
            told = "a date or a number" if role == "x" and self._dates else "a number"
            self._fault("wrong_type", place, role, show(value), told)
        elif not math.isfinite(value):
            self._fault("not_finite", place, role, show(float(value)), "a finite number")
        else:
            return float(value)
        return 0.0

    def _fault(self, code: str, place: int, role: str, value: str, expected: str) -> None:
        self.broken.add(place)
        self.faults.append(Fault(code, f"frame, row {place}, {self._roles[role]}", value, expected))


def _odd(
    rows: Mapping[int, TidyRow], roles: Mapping[str, str], *, ordered: bool, once: bool, named: bool
) -> Iterator[Fault]:
    """Yield what is wrong between the values of a row, and between rows."""
    seen = Counter[tuple[str, float, str]]()
    for place, row in rows.items():
        key = (row.series, row.x, row.name)
        seen[key] += 1
        if once and seen[key] == 2:
            told = row.name if named else date.fromordinal(int(row.x)) if row.dated else f"{row.x:g}"
            yield Fault("double_row", f"frame, row {place}, {roles['x']}", str(told), "each once in a series")
        if ordered and row.lower is not None and row.upper is not None and row.lower > row.upper:
            where = f"frame, row {place}, {roles['lower']}"
            yield Fault("out_of_range", where, f"{row.lower:g}", f"at most {row.upper:g}, the upper bound")
    if len({row.dated for row in rows.values()}) > 1:
        yield Fault("bad_value", f"frame, {roles['x']}", "dates and numbers", "either dates or numbers")


def curves_of(rows: Sequence[TidyRow], unnamed: str) -> tuple[Curve, ...]:
    """Return a line for each series, in the order of the frame, with its points in the order of x.

    Parameters
    ----------
    rows
        Of a frame, each with a figure.
    unnamed
        What a series without name is called.
    """
    lines: dict[str, list[TidyRow]] = {}
    for row in rows:
        lines.setdefault(row.series or unnamed, []).append(row)
    return tuple(
        Curve(
            name,
            "line",
            tuple(
                CurveMark(row.x, row.y or 0.0, row.lower, row.upper)
                for row in sorted(own, key=lambda row: row.x)
            ),
        )
        for name, own in lines.items()
    )
