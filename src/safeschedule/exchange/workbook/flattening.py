"""A problem as the rows of its sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from safeschedule.exchange.structure.fields import value_at
from safeschedule.exchange.workbook.kinds.kind import Out
from safeschedule.exchange.workbook.layout.sheets import (
    OWNER,
    PLACE,
    WHAT,
    Field,
    Sheet,
    SheetTable,
    own_sheets,
)

Row = dict[tuple[str, bool], tuple[Out, ...]]
"""The cells of one row, by field and whether it is beside."""


def rows_of(sheet: Sheet, plain: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of a sheet.

    Parameters
    ----------
    sheet
        The sheet.
    plain
        The problem as plain data.
    """
    fields = {field.name: field for field in sheet.fields if not field.beside}
    for table in sheet.tables:
        elsewhere = {
            field.name for field in table.fields if f"{table.entries.path}.{field.name}" in own_sheets()
        }
        for extra, entry in _entries(sheet, table, plain):
            known = {**extra, **{key: own for key, own in entry.items() if key not in elsewhere}}
            yield {
                (name, False): field.kind.write(known[name])
                for name, field in fields.items()
                if name in known
            }


def _entries(
    sheet: Sheet, table: SheetTable, plain: Mapping[str, Any]
) -> Iterator[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Yield each entry of a list, with what its row says beside."""
    if table.parent:
        for owner in plain[table.parent]:
            yield from (({OWNER: owner["id"]}, entry) for entry in owner[table.name])
        return
    extra = {WHAT: table.entries.word} if table.entries.word else {}
    for number, entry in enumerate(value_at(plain, table.entries.path), start=1):
        if sheet.plan.waiting is None:
            yield extra, entry
        elif sheet.plan.waiting == is_waiting(entry):
            yield ({PLACE: number} if sheet.plan.waiting else {}), entry


def is_waiting(client: Mapping[str, Any]) -> bool:
    """Return whether a client stands on the sheet of the waiting list."""
    return client["clinician"] is None and client["waiting_since"] is not None


def example_row(sheet: Sheet) -> Row:
    """Return the row that shows how the sheet is filled in; its first cell begins with ``e.g. ``."""
    said = dict(sheet.plan.example)
    fields: list[Field] = [field for field in sheet.fields if not field.beside]
    row: Row = {
        (field.name, False): field.kind.write(said[field.name]) for field in fields if field.name in said
    }
    first = fields[0]
    shown = {OWNER: "C1", WHAT: "room"}.get(first.name) or row.get((first.name, False), ("",))[0]
    row[first.name, False] = (f"{EXAMPLE}{shown}", *(row.get((first.name, False), ())[1:]))
    return row


EXAMPLE = "e.g. "
"""What begins the row of examples."""
