"""Cells of a workbook that are to say something else, and a workbook in which they do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from safeschedule.exchange.workbook.grids.grid import Grid
from safeschedule.exchange.workbook.headings import find_columns, plain
from safeschedule.exchange.workbook.layout.declared import WEEK
from safeschedule.exchange.workbook.layout.rules import sheet as rules_sheet
from safeschedule.exchange.workbook.layout.sheets import Sheet, sheets
from safeschedule.exchange.workbook.layout.week import SETTING, VALUE, WEEK_SHEET


@dataclass(frozen=True)
class CellEdit:
    """What cells of a column are to say instead.

    Parameters
    ----------
    sheet
        The sheet's title.
    heading
        The column's; on the sheet Week the setting.
    found
        What the cells say now; empty: whatever they say, which takes a row or a setting.
    put
        What they are to say; empty: nothing.
    row
        The one row that is meant; 0: every row that says so.
    """

    sheet: str
    heading: str
    found: str
    put: str
    row: int = 0


@dataclass(frozen=True)
class Mend:
    """A way to mend what is wrong in a workbook.

    Parameters
    ----------
    says
        What it does, in a few words.
    edits
        The cells that say something else then.
    """

    says: str
    edits: tuple[CellEdit, ...]


def text_of(value: Any) -> str:
    """Return what a cell says, as it is compared with what an edit is looking for."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date | time) else str(value).strip()


def edit(book: Any, grids: Sequence[Grid], edits: Iterable[CellEdit]) -> tuple[CellEdit, ...]:
    """Make edits in a workbook that openpyxl has opened, and return those that found no cell.

    Parameters
    ----------
    book
        The workbook.
    grids
        Its sheets as they were read: the headings are looked up in them.
    edits
        In the order in which they are made.
    """
    known = {plain(each.title): each for each in (*sheets(), WEEK_SHEET, rules_sheet())}
    titles = {plain(grid.title): grid for grid in grids}
    lost = []
    for each in edits:
        sheet, grid = known.get(plain(each.sheet)), titles.get(plain(each.sheet))
        cells = [] if sheet is None or grid is None else list(_cells(book[grid.title], sheet, grid, each))
        for cell in cells:
            put_text(cell, each.put)
        if not cells:
            lost.append(each)
    return tuple(lost)


def put_text(cell: Any, text: str) -> None:
    """Let a cell of openpyxl say a text, which stays text also when it begins as a formula does."""
    if text:
        cell.value = text
        cell.data_type, cell.number_format = "s", "@"
    else:
        cell.value = None


def _cells(page: Any, sheet: Sheet, grid: Grid, wanted: CellEdit) -> Iterator[Any]:
    columns = find_columns(sheet, grid)
    if not columns.row:
        return
    if sheet.title == WEEK:
        names, values = (columns.of.get((name, False, 0), 0) for name in (SETTING, VALUE))
        for row in range(columns.row + 1, page.max_row + 1):
            if names and values and plain(text_of(page.cell(row, names).value)) == plain(wanted.heading):
                yield page.cell(row, values)
        return
    column = next(
        (
            columns.column(field, part)
            for field in sheet.fields
            for part, heading in enumerate(field.headings)
            if plain(heading) == plain(wanted.heading)
        ),
        0,
    )
    if not column or not (wanted.row or wanted.found):
        return
    for row in (wanted.row,) if wanted.row else range(columns.row + 1, page.max_row + 1):
        cell = page.cell(row, column)
        said = " ".join(text_of(cell.value).split()).casefold()
        if not wanted.found or said == " ".join(wanted.found.split()).casefold():
            yield cell
