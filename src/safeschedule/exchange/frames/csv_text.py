"""A frame's columns as the text of a CSV file and back, with the standard library alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.csv_rota.cells import guard, unguard
from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.gathering import length
from safeschedule.exchange.frames.kinds import TEXT
from safeschedule.exchange.frames.layout import FrameTable
from safeschedule.problem.cutting import cut
from safeschedule.problem.showing import show


def text_of(columns: Columns) -> str:
    """Return the text of a CSV file; a spreadsheet neither runs nor alters what is in it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in range(length(columns)):
        writer.writerow(_cell(values[row]) for values in columns.values())
    return stream.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.date().isoformat() if whole else value.isoformat(timespec="auto").removesuffix(":00")
    return str(value)


def columns_of_text(text: str, table: FrameTable, what: str) -> Columns:
    """Return the columns of a CSV file; columns that are not known are text.

    Raises
    ------
    InputError
        A row has more or fewer cells than there are headings, a heading comes twice, or it is no CSV.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise InputError(what, [Fault("not_csv", table.name, show(str(error)), "CSV with commas")]) from None
    headings = rows[0] if rows else []
    faults = list(cut(_faults(table.name, headings, rows[1:])))
    if faults:
        raise InputError(what, faults)
    parsers = {column.name: column.kind.parse for column in table.columns if column.kind is not TEXT}
    return {
        name: [None if not row[at] else parsers.get(name, unguard)(row[at]) for row in rows[1:]]
        for at, name in enumerate(headings)
    }


def _faults(name: str, headings: list[str], rows: list[list[str]]) -> Iterator[Fault]:
    for heading in dict.fromkeys(headings):
        if headings.count(heading) > 1:
            yield Fault("double_column", f"{name}, {show(heading)[1:-1]}", "", "each column once")
    for number, row in enumerate(rows):
        if len(row) != len(headings):
            expected = f"{len(headings)}, as many as there are headings"
            yield Fault("bad_value", f"{name}, row {number}", f"{len(row)} cells", expected)
