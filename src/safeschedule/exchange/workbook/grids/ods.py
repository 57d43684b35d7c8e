"""The sheets of an ODS file, with how each cell is shown: what a person sees is what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from safeschedule.exchange.workbook.grids.grid import BLANK, MOST_CELLS, WIDEST, Grid, TooManyError, as_typed
from safeschedule.exchange.workbook.kinds.kind import Cell

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

_SPAN = re.compile(r"PT(\d+)H(\d+)M(\d+(?:\.\d+)?)S")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")
_DAY = timedelta(days=1)


@dataclass
class _Sheet:
    """What was read of a sheet so far."""

    title: str
    rows: dict[int, tuple[Cell, ...]] = field(default_factory=dict)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    at: int = 1
    cells: int = 0


def read(path: Path) -> list[Grid]:
    """Return the sheets, in their order.

    Raises
    ------
    TooManyError
        There are more cells than any team has.
    """
    with ZipFile(path) as packed, packed.open("content.xml") as content:
        return [Grid(s.title, s.rows, s.merged, frozenset(s.hidden)) for s in _sheets(content)]


def _sheets(content: Any) -> Iterator[_Sheet]:
    sheet: _Sheet | None = None
    for event, element in iterparse(content, ("start", "end")):
        if event == "start":
            if element.tag == f"{_TABLE}table" and sheet is None:
                sheet = _Sheet(element.get(f"{_TABLE}name", ""))
        elif sheet is not None and element.tag == f"{_TABLE}table-row":
            _row(sheet, element)
            element.clear()
        elif sheet is not None and element.tag == f"{_TABLE}table":
            yield sheet
            sheet = None
            element.clear()


def _row(sheet: _Sheet, element: Element) -> None:
    """Add a row, as often as it is repeated; blank ones are only counted."""
    times = int(element.get(f"{_TABLE}number-rows-repeated", 1))
    cells: list[Cell] = []
    for each in element:
        if each.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        over = min(int(each.get(f"{_TABLE}number-columns-repeated", 1)), WIDEST - len(cells))
        below = int(each.get(f"{_TABLE}number-rows-spanned", 1))
        column = len(cells) + 1
        for row in range(sheet.at + 1, sheet.at + min(below, 10_000)) if over > 0 else ():
            sheet.merged[row, column] = sheet.at
        cells += [BLANK if each.tag != f"{_TABLE}table-cell" else _cell(each)] * max(0, over)
    while cells and cells[-1] is BLANK:
        cells.pop()
    if cells:
        sheet.cells += times * len(cells)
        if sheet.cells > MOST_CELLS:
            raise TooManyError
        rows = range(sheet.at, sheet.at + times)
        sheet.rows.update(dict.fromkeys(rows, tuple(cells)))
        if element.get(f"{_TABLE}visibility", "visible") != "visible":
            sheet.hidden.update(rows)
    sheet.at += times


def _cell(element: Element) -> Cell:
    kind, shown = element.get(f"{_OFFICE}value-type", ""), _shown(element)
    if element.get(_ERROR_TYPE) == "error" or (kind == "string" and shown.startswith(_ERRORS)):
        return Cell(shown, wrong=f"the error {shown}")
    name = "value" if kind in ("float", "percentage", "currency") else f"{kind}-value"
    raw = element.get(f"{_OFFICE}{name}")
    if raw is None:
        return Cell(shown) if shown else BLANK
    if kind in ("float", "currency"):
        return Cell(_number(raw), _style(raw, shown))
    if kind == "percentage":
        return Cell(float(raw), "0%")
    if kind == "boolean":
        return Cell(raw == "true")
    if kind == "date":
        return Cell(as_typed(_date(raw, shown)), "yyyy-mm-dd")
    if kind == "time":
        return Cell(as_typed(_span(raw, shown)), "hh:mm")
    return Cell(raw)


def _number(raw: str) -> int | float:
    return float(raw) if set(raw) & set(".eE") else int(raw)


def _style(raw: str, shown: str) -> str:
    """Return how a number is shown, as far as it matters: 0042, and 3E5 that was a code."""
    if re.fullmatch(r"0\d+", shown) and shown.lstrip("0") == raw.lstrip("0"):
        return "0" * len(shown)
    return "0.00E+00" if re.fullmatch(r"-?\d[.,]?\d*E[+-]?\d+", shown) else "General"


def _date(raw: str, shown: str) -> datetime | str:
    try:
        return datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return shown  # of a year that no calendar here has


def _span(raw: str, shown: str) -> time | timedelta | str:
    """Return a time of day, or a length of a day or more."""
    match = _SPAN.fullmatch(raw)
    if match is None:
        return shown
    found = timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=float(match[3]))
    return found if found >= _DAY else (datetime.min + found).time()


def _shown(element: Element) -> str:
    """Return the text of a cell, a line for each paragraph; comments are no part of it."""
    return "\n".join("".join(_pieces(part)) for part in element if part.tag == f"{_TEXT}p")


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * int(part.get(f"{_TEXT}c", 1))
        elif part.tag == f"{_TEXT}tab":
            yield "\t"
        elif part.tag == f"{_TEXT}line-break":
            yield "\n"
        elif part.tag != f"{_OFFICE}annotation":
            yield from _pieces(part)
        yield part.tail or ""
