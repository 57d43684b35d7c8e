"""The sheets of an ODS file, by calamine."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from safeschedule.exchange.workbook.grids.grid import BLANK, Grid, as_typed
from safeschedule.exchange.workbook.grids.xlsx import WIDEST
from safeschedule.exchange.workbook.kinds.kind import Cell
from safeschedule.needing import library

_SPAN = re.compile(r"PT(\d+)H(\d+)M(\d+(?:\.\d+)?)S")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "Err:")


def read(path: Path) -> list[Grid]:
    """Return the sheets, in their order."""
    book = library("python_calamine", "workbook").CalamineWorkbook.from_path(path)
    try:
        return [_grid(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
    finally:
        book.close()


def _grid(title: str, page: Any) -> Grid:
    rows: dict[int, tuple[Cell, ...]] = {}
    for number, row in enumerate(page.to_python(skip_empty_area=False), start=1):
        cells = [_cell(value) for value in row[:WIDEST]]
        while cells and cells[-1] is BLANK:
            cells.pop()
        if cells:
            rows[number] = tuple(cells)
    return Grid(title, rows)


def _cell(value: Any) -> Cell:
    if value is None or value == "":
        return BLANK
    if isinstance(value, str) and value.startswith(_ERRORS):
        return Cell(value, wrong=f"the error {value}")
    span = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if span:
        # Calamine leaves a time of 24 hours as it is in the file.
        found = timedelta(hours=int(span[1]), minutes=int(span[2]), seconds=float(span[3]))
        return Cell(as_typed(found))
    return Cell(as_typed(value))
