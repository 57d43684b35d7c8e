"""Read the files of an export; every fault is noted and the reading goes on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from safeschedule.errors import Fault
from safeschedule.exchange.ehr_csv.records import Column, Record
from safeschedule.problem.cutting import MOST, more
from safeschedule.problem.reading.source import text_or_fault

R = TypeVar("R", bound=Record)


def read(folder: Path, kind: type[R], faults: list[Fault]) -> tuple[R, ...] | None:
    """Return the rows of one file that can be read.

    Parameters
    ----------
    folder
        The export's folder.
    kind
        The kind of record, which names the file and its columns.
    faults
        Takes what is wrong.

    Returns
    -------
    tuple or None
        ``None`` when there is no such file, or nothing of it can be read.
    """
    path = folder / kind.file
    if not path.exists():
        if kind.needed:
            faults.append(Fault("missing_file", kind.file, "", "this file in the export's folder"))
        return None
    text = _text(path, kind.file, faults)
    lines = None if text is None else _lines(text, kind.file, faults)
    if not lines:
        return None
    header, *rows = lines
    missing = [column.name for column in kind.columns if column.needed and column.name not in header[1]]
    # What the header does hold is not told: without a header it is the first client's row.
    faults.extend(Fault("missing_column", f"{kind.file} row 1", "", f"a column {name}") for name in missing)
    twice = [c.name for c in kind.columns if header[1].count(c.name) > 1]
    faults.extend(Fault("duplicate_column", f"{kind.file} row 1", name, "each column once") for name in twice)
    if missing or twice:
        return None
    found: list[R] = []
    most = len(faults) + MOST
    for line, row in rows:
        record = _record(kind, header[1], line, row, faults)
        if record is not None:
            found.append(record)
        if len(faults) > most:
            faults.append(more(f"{kind.file} row {line}"))
            break
    return tuple(found)


def _text(path: Path, file: str, faults: list[Fault]) -> str | None:
    text = text_or_fault(path)
    if isinstance(text, Fault):
        faults.append(replace(text, place=file))
        return None
    return text


def _lines(text: str, file: str, faults: list[Fault]) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, each with the number of its first line."""
    first = text.partition("\n")[0]
    # Spreadsheets of some countries save with semicolons; ids and dates hold neither.
    separator = max(",;\t", key=first.count)
    lines: list[tuple[int, list[str]]] = []
    try:
        lines = list(_numbered(text, separator))
    except csv.Error as error:
        faults.append(Fault("not_csv", file, "", f"comma-separated values ({error})"))
        return []
    if not lines:
        faults.append(Fault("empty_file", file, "", "a header row"))
    return lines


def _numbered(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    for row in rows:
        cells = [cell.strip() for cell in row]
        if any(cells):
            yield line, cells
        line = rows.line_num + 1


def _record(
    kind: type[R], header: Sequence[str], line: int, row: Sequence[str], faults: list[Fault]
) -> R | None:
    if len(row) != len(header):
        expected = f"{len(header)} cells, as in the header"
        faults.append(Fault("ragged_row", f"{kind.file} row {line}", f"{len(row)} cells", expected))
        return None
    cells = dict(zip(header, row, strict=True))
    before = len(faults)
    values: dict[str, Any] = {
        column.name: _value(kind, column, cells.get(column.name, ""), line, faults) for column in kind.columns
    }
    return None if len(faults) > before else kind(row=line, **values)


def _value(kind: type[Record], column: Column, cell: str, line: int, faults: list[Fault]) -> Any:
    if not cell and column.blank:
        return None
    try:
        if not cell:
            column.parse("?")  # for the words of what was expected
            raise ValueError("a value")
        return column.parse(cell)
    except ValueError as error:
        code = "missing_value" if not cell else "bad_value"
        faults.append(Fault(code, kind.place(line, column.name), cell[:40], str(error)))
        return None
