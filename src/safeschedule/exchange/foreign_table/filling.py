"""A workbook with the rows of a table from elsewhere below those that are there."""

from __future__ import annotations

import io
import warnings
from datetime import date
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.foreign_table.mapping import TableMapping
from safeschedule.exchange.foreign_table.table import ForeignTable
from safeschedule.exchange.workbook.grids import grids_of
from safeschedule.exchange.workbook.headings import find_columns, plain
from safeschedule.exchange.workbook.layout.sheets import Sheet
from safeschedule.needing import library
from safeschedule.problem.reading.source import name_of


def filled(path: str | Path, sheet: Sheet, table: ForeignTable, mapping: TableMapping) -> tuple[bytes, int]:
    """Return the file of a workbook with a table's rows added, and how many were.

    Nothing is judged here: what the cells mean is for whoever reads the workbook.

    Raises
    ------
    InputError
        The workbook cannot be read, or has no such sheet.
    """
    path = Path(path)
    what = name_of(path, "workbook")
    grid = next((each for each in grids_of(path) if plain(each.title) == plain(sheet.title)), None)
    columns = find_columns(sheet, grid) if grid is not None else None
    if grid is None or columns is None or not columns.row:
        raise InputError(
            what, [Fault("missing_sheet", path.name, "", f"a sheet {sheet.title} with its headings")]
        )
    places = {
        plain(heading): columns.column(field, part)
        for field in sheet.fields
        for part, heading in enumerate(field.headings)
    }
    openpyxl = library("openpyxl", "workbook")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    page = book[grid.title]
    number = first = max(grid.rows, default=columns.row) + 1
    for _, row in table.rows:
        cells = _row(table, mapping, row)
        for heading, value in cells.items():
            column = places[plain(heading)]
            if column:
                _put(page.cell(number, column), value)
        number += bool(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), number - first


def _row(table: ForeignTable, mapping: TableMapping, row: tuple[Any, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    # A word that fills several cells knows better than the columns beside it.
    several: dict[str, Any] = {}
    for heading, value in zip(table.headings, row, strict=False):
        if heading and value not in (None, ""):
            cells = mapping.cells(heading, value)
            (several if mapping.fills_several(heading, value) else found).update(cells)
    return {heading: value for heading, value in (found | several).items() if value != ""}


def _put(cell: Any, value: Any) -> None:
    cell.value = value
    if isinstance(value, str):
        # A text is a text, also when it begins as a formula does.
        cell.data_type, cell.number_format = "s", "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.number_format = "General"
