"""One sheet of a workbook file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from safeschedule.exchange.workbook.kinds.kind import Cell

BLANK = Cell()

WIDEST = 250
"""Columns that are looked at."""

MOST_CELLS = 2_000_000
"""Cells of the largest workbook; a team of a thousand has half of it, and each takes time to read."""


class TooManyError(Exception):
    """There are more cells than any team has."""


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet.

    Parameters
    ----------
    title
        Its name in the file.
    rows
        Rows that have something, by their number from 1, each from the first column on.
    merged
        For cells that lie below the first of a merged area: the row of that one. Both count from 1.
    hidden
        The numbers of hidden rows, which are read like all others.
    """

    title: str
    rows: Mapping[int, tuple[Cell, ...]]
    merged: Mapping[tuple[int, int], int] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell by its numbers from 1."""
        cells = self.rows.get(row, ())
        return cells[column - 1] if 0 < column <= len(cells) else BLANK


def as_typed(value: Any) -> Any:
    """Return a value, a 9 as a 9 where a spreadsheet has taken it for the ninth day of its calendar.

    Whoever types 9 into a cell that is formatted as a time gets nine days and no hours.
    """
    if isinstance(value, datetime) and value.year < 1905 and value.time() == time():
        # That calendar has a 29 February 1900; before it, days are numbered from another day.
        nought = datetime(1899, 12, 31) if value < datetime(1900, 3, 1) else datetime(1899, 12, 30)
        return (value - nought).days
    if isinstance(value, timedelta) and value.days > 1 and value == timedelta(days=value.days):
        return value.days
    return value


def letters(column: int) -> str:
    """Return the letters of a column by its number from 1.

    Examples
    --------
    >>> letters(28)
    'AB'
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
