"""A workbook with the rows of a table from elsewhere below those that are there."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.foreign_table.mapping import TableMapping
from safeschedule.exchange.foreign_table.table import ForeignTable
from safeschedule.exchange.workbook.edits import CellEdit, edit, put_text
from safeschedule.exchange.workbook.grids import Grid, grids_of
from safeschedule.exchange.workbook.headings import find_columns, plain
from safeschedule.exchange.workbook.layout.sheets import Sheet
from safeschedule.needing import library
from safeschedule.problem.reading.source import name_of


@dataclass(frozen=True)
class Filling:
    """A table that goes into a sheet of a workbook.

    Parameters
    ----------
    sheet, table, mapping
        Where it goes, what it is, and how it becomes rows.
    """

    sheet: Sheet
    table: ForeignTable
    mapping: TableMapping


@dataclass(frozen=True)
class Filled:
    """A workbook into which tables were put.

    Parameters
    ----------
    data
        Its whole file.
    rows
        How many rows each table gave.
    lost
        Edits that found no cell.
    """

    data: bytes
    rows: tuple[int, ...]
    lost: tuple[CellEdit, ...] = ()


def filled(path: str | Path, sheet: Sheet, table: ForeignTable, mapping: TableMapping) -> tuple[bytes, int]:
    """Return the file of a workbook with a table's rows added, and how many were.

    Nothing is judged here: what the cells mean is for whoever reads the workbook.

    Raises
    ------
    InputError
        The workbook cannot be read, or has no such sheet.
    """
    found = filled_all(path, [Filling(sheet, table, mapping)])
    return found.data, found.rows[0]


def filled_all(path: str | Path, fillings: Sequence[Filling], edits: Sequence[CellEdit] = ()) -> Filled:
    """Return a workbook with the rows of several tables, in which some cells say something else then.

    Parameters
    ----------
    path
        The workbook.
    fillings
        The tables, in the order in which they are added.
    edits
        Cells that are to say something else, after all tables are in.

    Raises
    ------
    InputError
        The workbook cannot be read, or has no such sheet.
    """
    path = Path(path)
    grids = grids_of(path)
    places = [_Place(path, grids, each.sheet) for each in fillings]
    openpyxl = library("openpyxl", "workbook")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    last: dict[str, int] = {}
    counts = []
    for each, place in zip(fillings, places, strict=True):
        first = last.get(place.title, place.last) + 1
        last[place.title] = _fill(book[place.title], each, place.columns, first)
        counts.append(last[place.title] - first + 1)
    lost = edit(book, grids, edits)
    stream = io.BytesIO()
    book.save(stream)
    return Filled(stream.getvalue(), tuple(counts), lost)


class _Place:
    """A sheet of a workbook: its name there, its columns by their headings, and its last row."""

    def __init__(self, path: Path, grids: Sequence[Grid], sheet: Sheet) -> None:
        grid = next((each for each in grids if plain(each.title) == plain(sheet.title)), None)
        columns = find_columns(sheet, grid) if grid is not None else None
        if grid is None or columns is None or not columns.row:
            fault = Fault("missing_sheet", path.name, "", f"a sheet {sheet.title} with its headings")
            raise InputError(name_of(path, "workbook"), [fault])
        self.title, self.last = grid.title, max(grid.rows, default=columns.row)
        self.columns = {
            plain(heading): columns.column(field, part)
            for field in sheet.fields
            for part, heading in enumerate(field.headings)
        }


def _fill(page: Any, filling: Filling, columns: Mapping[str, int], number: int) -> int:
    """Write the rows of a table from a row on, and return the number of the last."""
    for _, row in filling.table.rows:
        cells = _row(filling.table, filling.mapping, row)
        for heading, value in cells.items():
            column = columns[plain(heading)]
            if column:
                _put(page.cell(number, column), value)
        number += bool(cells)
    return number - 1


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
    if isinstance(value, str):
        put_text(cell, value)
        return
    cell.value = value
    cell.number_format = "yyyy-mm-dd" if isinstance(value, date) else "General"
