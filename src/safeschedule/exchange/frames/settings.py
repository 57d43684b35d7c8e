"""The rulebook's settings from their two frames."""

from __future__ import annotations

import json
from typing import Any, NoReturn

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
from safeschedule.exchange.frames.layout import PARAMETER, RULE, RULES, VALUE, FrameTable
from safeschedule.problem.showing import show


def gather_settings(got: FrameReading, table: FrameTable, columns: Columns) -> None:
    """Add what the rulebook says of rules, or of their parameters."""
    book: dict[str, Any] = got.data.setdefault("rulebook", {}).setdefault("rules", {})
    add = _rule if table.name == RULES else _parameter
    for row in range(length(columns)):
        rule = owner_of(got, table, columns, row)
        if rule is None:
            continue
        add(got, table, columns, row, book, rule)


def _rule(
    got: FrameReading, table: FrameTable, columns: Columns, row: int, book: dict[str, Any], rule: str
) -> None:
    if rule in book:
        got.fault("duplicate_id", place_of(table, row, RULE), show(rule), "each rule once")
    path = f"{RULES}.{rule}"
    got.origins[path] = FrameRow(table, row)
    book[rule] = read_entry(got, table, columns, row, path)


def _parameter(
    got: FrameReading, table: FrameTable, columns: Columns, row: int, book: dict[str, Any], rule: str
) -> None:
    own = {column.name: column for column in table.columns}
    path = f"{RULES}.{rule}.parameters"
    there, name = read_cell(got, table, columns, row, own[PARAMETER], path)
    said, text = read_cell(got, table, columns, row, own[VALUE], f"{path}.{name}")
    if not (there and said):
        got.fault("missing_field", place_of(table, row), "", f"a {PARAMETER} and its {VALUE}")
        return
    got.origins[f"{path}.{name}"] = FrameRow(table, row)
    parameters = book.setdefault(rule, {}).setdefault("parameters", {})
    if name in parameters:
        got.fault("duplicate_id", place_of(table, row, PARAMETER), show(name), "each parameter once")
    try:
        parameters[name] = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        got.fault("not_json", place_of(table, row, VALUE), show(text), own[VALUE].about)


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)
