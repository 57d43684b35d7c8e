"""The rows of a table from elsewhere: CSV in whatever encoding, or a sheet of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.workbook.grids import Grid, grids_of
from safeschedule.exchange.workbook.grids.grid import letters
from safeschedule.problem.reading.source import LARGEST, name_of
from safeschedule.problem.showing import did_you_mean, show

_LOOKED_AT = 25
_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_OTHERS = {b"{": "JSON", b"[": "JSON", b"<": "XML or a web page", b"BEGIN:V": "a calendar", b"%PDF": "a PDF"}
"""What begins files that are no tables."""


Row = tuple[int, tuple[Any, ...]]
"""The number of a row in its file, and its cells."""


@dataclass(frozen=True)
class ForeignTable:
    """A table from elsewhere.

    Parameters
    ----------
    name
        What it is, in a few words.
    headings
        Of its columns; of one that has none and holds something, its letter; else empty.
    rows
        The number of each row in the file, and its cells: text, numbers and dates as they are.
    notes
        How it was read, where that was not certain.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def column(self, heading: str) -> int:
        """Return the place of a column by its heading, from 0."""
        return self.headings.index(heading)


def read_table(path: str | Path, sheet: str | None = None) -> ForeignTable:
    """Return the table of a file; above its headings there may be a title, below it notes.

    Parameters
    ----------
    path
        CSV in UTF-8 or Windows-1252, with commas, semicolons or tabs; or XLSX or ODS.
    sheet
        Which sheet of a workbook; by itself its only one.

    Raises
    ------
    InputError
        It cannot be read, has no such sheet, or no row of headings.
    """
    path = Path(path)
    what = name_of(path, "table")
    notes: list[str] = []
    if path.suffix.casefold() in _WORKBOOKS:
        rows = _of_grid(_chosen(grids_of(path), sheet, what))
    else:
        rows = _of_text(_text(path, what, notes))
    widest = max((sum(cell not in (None, "") for cell in row) for _, row in rows[:_LOOKED_AT]), default=0)
    if widest < 2:
        raise InputError(what, [Fault("missing_heading", path.name, "", "a row of headings")])
    # The headings are the first row that is nearly as wide as the widest: a title above them is not.
    first = next(n for n, (_, row) in enumerate(rows) if 2 * sum(c not in (None, "") for c in row) > widest)
    headings = _headings(rows[first][1], notes)
    body = tuple(
        (number, tuple(row)) for number, row in rows[first + 1 :] if any(c not in (None, "") for c in row)
    )
    records = tuple(_records(body, len(headings), notes))
    return ForeignTable(what, _lettered(headings, records, notes), records, tuple(notes))


def _headings(cells: Sequence[Any], notes: list[str]) -> tuple[str, ...]:
    """Return the headings, each once: what came before gets a number, and is told."""
    found: list[str] = []
    numbered: list[str] = []
    for cell in cells:
        text = "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
        name, count = text, 1
        while text and name in found:
            count += 1
            name = f"{text} ({count})"
        if name != text:
            numbered.append(name)
        found.append(name)
    if numbered:
        shown = ", ".join(map(show, numbered[:5])) + (", ..." if len(numbered) > 5 else "")
        notes.append(f"Headings that came before are numbered: {shown}.")
    return tuple(found)


def _lettered(headings: Sequence[str], records: Sequence[Row], notes: list[str]) -> tuple[str, ...]:
    """Return the headings, of columns that hold something and have none their letters, which is told."""
    width = max((len(row) for _, row in records), default=0)
    found = [*headings, *[""] * (width - len(headings))]
    named: list[str] = []
    for place in (n for n, heading in enumerate(found) if not heading):
        if any(place < len(row) and row[place] not in (None, "") for _, row in records):
            name = f"Column {letters(place + 1)}"
            found[place] = name if name not in found else f"{name} (without a heading)"
            named.append(found[place])
    while len(found) > len(headings) and not found[-1]:
        found.pop()
    if named:
        shown = ", ".join(map(show, named[:5])) + (", ..." if len(named) > 5 else "")
        notes.append(f"Columns without a heading are called by their letter: {shown}.")
    return tuple(found)


def _records(body: Sequence[Row], width: int, notes: list[str]) -> Iterator[Row]:
    """Yield the rows that are records; a line with one cell only is a remark, and is told."""
    for number, row in body:
        filled = [cell for cell in row if cell not in (None, "")]
        if len(filled) == 1 and width > 2:
            notes.append(f"Row {number} has one cell only, and is left out: {show(str(filled[0]))}")
        else:
            yield number, row


def _chosen(grids: Sequence[Grid], sheet: str | None, what: str) -> Grid:
    titles = [grid.title for grid in grids]
    if sheet is None and len(grids) == 1:
        return grids[0]
    if sheet is not None and sheet in titles:
        return grids[titles.index(sheet)]
    hint = did_you_mean(sheet, titles) if sheet else ""
    expected = f"--sheet with one of {', '.join(titles)}{hint}"
    raise InputError(what, [Fault("missing_sheet", "sheet", show(sheet) if sheet else "", expected)])


def _of_grid(grid: Grid) -> list[tuple[int, list[Any]]]:
    return [(number, [_plain(cell.value) for cell in cells]) for number, cells in grid.rows.items()]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value.strip() if isinstance(value, str) else value


def _text(path: Path, what: str, notes: list[str]) -> str:
    try:
        if path.stat().st_size > LARGEST:
            fault = Fault(
                "too_large", path.name, f"{path.stat().st_size} bytes", f"at most {LARGEST // 2**20} MiB"
            )
            raise InputError(what, [fault])
        data = path.read_bytes()
    except OSError as error:
        fault = Fault("unreadable_file", path.name, error.strerror or "", "a file that can be read")
        raise InputError(what, [fault]) from error
    if b"\0" in data[:1024]:
        raise InputError(what, [Fault("not_text", path.name, "binary data", "a CSV file, or a workbook")])
    begin = data[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    other = next((kind for sign, kind in _OTHERS.items() if begin.startswith(sign)), None)
    if other is not None:
        raise InputError(what, [Fault("not_a_table", path.name, other, "a CSV file, or a workbook")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        notes.append(f"{path.name} is not in UTF-8, and is read as Windows-1252.")
        return data.decode("cp1252", errors="replace")


def _of_text(text: str) -> list[tuple[int, list[Any]]]:
    lines = text.splitlines()[:_LOOKED_AT]
    separator = max(",;\t", key=lambda sign: sum(line.count(sign) for line in lines))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: list[tuple[int, list[Any]]] = []
    number = 1
    for row in reader:
        cells = [cell.strip() for cell in row]
        if any(cells):
            found.append((number, cells))
        number = reader.line_num + 1
    return found
