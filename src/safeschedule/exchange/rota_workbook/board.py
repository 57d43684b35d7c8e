"""Columns of days as cells: times down, one column a person, a day or a room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import gcd
from typing import Any

from safeschedule.exchange.rota_workbook.looks import Looks
from safeschedule.problem.clock import format_clock
from safeschedule.reports.grid import DayColumn, Entry

_LEAST, _MOST = 5, 30
"""Minutes of a row."""

_HIGH = "▲ "
"""What marks high intensity where there is no colour."""


def draw(
    page: Any,
    looks: Looks,
    top: int,
    columns: Sequence[DayColumn],
    first: int,
    last: int,
    height: float | None = None,
) -> int:
    """Draw columns side by side below a row, beginning in the second column; return the next free row.

    Parameters
    ----------
    page
        XlsxWriter's worksheet.
    top
        The first row.
    columns
        What is drawn.
    first, last
        Minutes since midnight.
    height
        What there is for all of it, in points; ``None``: as much as it needs.
    """
    step = _step(columns, first)
    rows = -(-(last - first) // step)
    each = 6 + step * 0.7
    if height is not None:
        each = min(each, height / rows)
    for number in range(rows):
        page.set_row(top + number, each)
    _hours(page, looks, top, (first, step, rows))
    for place, column in enumerate(columns, start=1):
        _column(page, looks, (top, place), column, (first, step, rows))
    return top + rows


def _hours(page: Any, looks: Looks, top: int, axis: tuple[int, int, int]) -> None:
    """Write the hours down the side, each over all of its rows: one row may be lower than a figure."""
    first, step, rows = axis
    begins = [number for number in range(rows) if number == 0 or (first + number * step) % 60 == 0]
    for number, following in pairwise([*begins, rows]):
        if following - number > 1:
            page.merge_range(top + number, 0, top + following - 1, 0, "", looks["hour"])
        page.write_string(top + number, 0, format_clock(first + number * step), looks["hour"])


def _step(columns: Sequence[DayColumn], first: int) -> int:
    """Return the minutes of a row, such that everything begins and ends with one."""
    ends = {m - first for c in columns for i in c.items for m in (i.start, i.start + i.minutes)}
    found = gcd(_MOST, *ends)
    return max(found, _LEAST)


def _column(
    page: Any, looks: Looks, corner: tuple[int, int], column: DayColumn, axis: tuple[int, int, int]
) -> None:
    (top, place), (first, step, rows) = corner, axis
    taken: set[int] = set()
    for items in _clusters(column.items):
        start = max(0, (min(item.start for item in items) - first) // step)
        end = min(rows, -(-(max(item.start + item.minutes for item in items) - first) // step))
        cells = [
            number for number in range(start, max(end, start + 1)) if number not in taken and number < rows
        ]
        if not cells:
            continue
        taken.update(cells)
        text, look = "\n".join(map(_text, items)), looks[_look(items)]
        if len(cells) > 1:
            page.merge_range(top + cells[0], place, top + cells[-1], place, "", look)
        page.write_string(top + cells[0], place, text, look)
    for number in range(rows):
        at = first + number * step
        if number not in taken:
            works = any(start <= at < end for start, end in column.work)
            page.write_blank(top + number, place, None, looks["free" if works else "off"])


def _clusters(items: Sequence[Entry]) -> list[list[Entry]]:
    """Return what overlaps together: one cell cannot stand beside another in the same column."""
    found: list[list[Entry]] = []
    until = -1
    for item in sorted(items, key=lambda each: (each.start, -each.minutes)):
        if found and item.start < until:
            found[-1].append(item)
        else:
            found.append([item])
        until = max(until, item.start + item.minutes)
    return found


def _look(items: Sequence[Entry]) -> str:
    if len(items) > 1 and any(a.start + a.minutes > b.start for a, b in pairwise(items)):
        return "clash"
    word = items[0].look.split()[0]
    return "high" if items[0].high else word if word in ("block", "meeting", "leave") else "session"


def _text(item: Entry) -> str:
    words = " ".join(part for part in (item.label, item.client) if part)
    more = ", ".join(part for part in (item.others, item.place) if part)
    line = f"{_HIGH if item.high else ''}{item.begins}-{item.ends} {words}"
    return f"{line}, {more}" if more else line
