"""Each frame's rows as entries of the problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.gathering import (
    FrameReading,
    FrameRow,
    length,
    owner_of,
    place_of,
    read_cell,
    read_entry,
)
from safeschedule.exchange.frames.kinds import TEXT
from safeschedule.exchange.frames.layout import NUMBER_OF, PARAMETERS, PROBLEM, RULES, FrameTable, tables
from safeschedule.exchange.frames.settings import gather_settings
from safeschedule.problem.showing import did_you_mean, show


def gathered(given: Mapping[str, Columns]) -> FrameReading:
    """Return what frames say; frames of which nothing is known are faults."""
    got = FrameReading()
    known = tables()
    for name in given:
        if name not in known:
            hint = did_you_mean(name, list(known), thorough=True)
            got.fault("unknown_frame", show(name)[1:-1], "", f"the name of a frame of a problem{hint}")
    for name, table in known.items():
        if name in given:
            _look_at_columns(got, table, given[name])
            _gather(got, table, given[name])
        elif table.needed and length(given.get(table.parent, {})):
            got.fault("missing_frame", name, "", f"this frame, without which {table.parent} say nothing")
            got.told |= {f"{table.parent}[{row}].{table.field}" for row in range(length(given[table.parent]))}
    return got


def _look_at_columns(got: FrameReading, table: FrameTable, columns: Columns) -> None:
    known = [column.name for column in table.columns]
    for name in columns:
        if name not in known:
            hint = did_you_mean(name, known, thorough=True)
            place = f"{table.name}, {show(name)[1:-1]}"
            got.fault("unknown_column", place, "", f"a column of {table.name}{hint}")
    for column in table.columns:
        if column.needed and column.name not in columns:
            got.fault("missing_column", table.name, "", f"a column {column.name}")


def _gather(got: FrameReading, table: FrameTable, columns: Columns) -> None:
    if table.name == PROBLEM:
        _once(got, table, columns)
    elif table.name in (RULES, PARAMETERS):
        gather_settings(got, table, columns)
    elif table.parent:
        _belongings(got, table, columns)
    else:
        _list(got, table, columns)


def _list(got: FrameReading, table: FrameTable, columns: Columns) -> None:
    """Take over the entries of a list."""
    head, _, tail = table.name.partition(".")
    entries: list[Any] = []
    if tail:
        got.data.setdefault(head, {})[tail] = entries
    else:
        got.data[head] = entries
    number = next((column for column in table.columns if column.name == NUMBER_OF), None)
    numbers = got.numbers.setdefault(table.name, [])
    for row in range(length(columns)):
        path = f"{table.name}[{row}]"
        got.origins[path] = FrameRow(table, row)
        entries.append(read_entry(got, table, columns, row, path))
        there, said = read_cell(got, table, columns, row, number, "") if number else (False, None)
        numbers.append(said if there else row)


def _once(got: FrameReading, table: FrameTable, columns: Columns) -> None:
    """Take over what a problem has once."""
    rows = length(columns)
    if rows != 1:
        got.fault("bad_value", table.name, f"{rows} rows", "one row")
    if rows:
        for column in table.columns:
            got.origins[column.field] = FrameRow(table, 0)
        got.data.update(read_entry(got, table, columns, 0, ""))


def _belongings(got: FrameReading, table: FrameTable, columns: Columns) -> None:
    """Add what belongs to entries of another frame, such as hours and leave."""
    owners = dict(_owners(got, table))
    for entry in got.data.get(table.parent, ()):
        entry[table.field] = []
    for row in range(length(columns)):
        code = owner_of(got, table, columns, row)
        if code is None:
            continue
        if code not in owners:
            hint = did_you_mean(code, list(owners)) if isinstance(code, str) else ""
            place = place_of(table, row, table.owner.name)
            got.fault("unknown_reference", place, show(code), f"one of the frame {table.parent}{hint}")
            continue
        path, owner = owners[code]
        entries = owner[table.field]
        path = f"{path}.{table.field}[{len(entries)}]"
        got.origins[path] = FrameRow(table, row)
        if not table.of_codes:
            entries.append(read_entry(got, table, columns, row, path))
            continue
        before = len(got.faults)
        there, value = read_cell(got, table, columns, row, table.columns[1], path)
        if there:
            entries.append(value)
        elif len(got.faults) == before and table.columns[1].name in columns:
            got.fault("missing_field", place_of(table, row, table.columns[1].name), "", "a code")


def _owners(got: FrameReading, table: FrameTable) -> Iterator[tuple[Any, tuple[str, dict[str, Any]]]]:
    """Yield the entries to which rows can belong, by code or number; of one that comes twice the first."""
    entries: list[dict[str, Any]] = got.data.get(table.parent, [])
    coded = table.owner.kind is TEXT
    for row, entry in reversed(list(enumerate(entries))):
        key = entry.get("id") if coded else got.numbers[table.parent][row]
        if key is not None:
            yield key, (f"{table.parent}[{row}]", entry)
