"""A problem as the columns of its frames."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from safeschedule.exchange.frames.layout import (
    NUMBER_OF,
    PARAMETER,
    PARAMETERS,
    PROBLEM,
    RULE,
    RULES,
    VALUE,
    FrameColumn,
    FrameTable,
    tables,
)
from safeschedule.exchange.structure.fields import value_at
from safeschedule.problem import Problem

Columns = dict[str, list[Any]]
"""A frame's values by column; ``None`` where nothing is said."""


def columns_of(problem: Problem) -> dict[str, Columns]:
    """Return the columns of every frame of a problem, by the names of frames and columns."""
    plain = problem.model_dump(mode="json")
    return {name: laid_out(table, _rows(table, plain)) for name, table in tables().items()}


def laid_out(table: FrameTable, rows: Iterator[Mapping[str, Any]]) -> Columns:
    """Return rows of plain data, by column, as columns of values."""
    found: Columns = {column.name: [] for column in table.columns}
    writers = [(found[column.name].append, column.name, column.kind.write) for column in table.columns]
    for row in rows:
        for append, name, write in writers:
            value = row.get(name)
            append(None if value is None else write(value))
    return found


def _rows(table: FrameTable, plain: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if table.name == PROBLEM:
        yield _row(table, plain)
    elif table.name in (RULES, PARAMETERS):
        yield from _settings(table, plain["rulebook"]["rules"])
    elif not table.parent:
        for number, entry in enumerate(value_at(plain, table.name)):
            yield {NUMBER_OF: number, **_row(table, entry)}
    else:
        for number, whole in enumerate(value_at(plain, table.parent)):
            owner = {table.owner.name: whole.get("id", number)}
            for entry in whole[table.field]:
                yield {**owner, **({table.columns[1].name: entry} if table.of_codes else _row(table, entry))}


def _row(table: FrameTable, entry: Mapping[str, Any]) -> dict[str, Any]:
    return {column.name: _value(column, entry) for column in table.columns if column.field}


def _value(column: FrameColumn, entry: Mapping[str, Any]) -> Any:
    found: Any = entry
    for part in column.field.split("."):
        found = None if found is None else found[part]
    return found


def _settings(table: FrameTable, rules: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for rule, setting in rules.items():
        if table.name == RULES:
            yield {RULE: rule, **_row(table, setting)}
            continue
        for name, value in setting["parameters"].items():
            yield {RULE: rule, PARAMETER: name, VALUE: json.dumps(value, ensure_ascii=False)}
