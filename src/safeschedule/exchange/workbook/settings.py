"""What the sheets Week and Rules say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeschedule.exchange.workbook.gathering import Gathered, Origin, Use, data_rows, read_field
from safeschedule.exchange.workbook.headings import plain
from safeschedule.exchange.workbook.layout import rules
from safeschedule.exchange.workbook.layout.sheets import Field
from safeschedule.exchange.workbook.layout.week import HABITS, HOURS, ORDERS, SETTING, VALUE, settings
from safeschedule.exchange.workbook.meaning import Habits
from safeschedule.problem.showing import show


def gather_week(got: Gathered, use: Use) -> None:
    """Add what the problem has once; the workbook's own habits first, because dates depend on them."""
    rows = _rows_of_settings(got, use)
    said: dict[str, Any] = {}
    for habit in HABITS:
        said[habit.name] = _value(got, use, rows, habit)
    got.habits = Habits(ORDERS.get(said["order"]), HOURS.get(said["afternoons"]))
    for own in settings():
        value = None if own in HABITS else _value(got, use, rows, own)
        if value is None:
            continue
        head, _, tail = own.name.partition(".")
        if tail:
            got.data.setdefault(head, {})[tail] = value
        else:
            got.data[head] = value
    start = got.data.get("week_start")
    if start is not None:
        got.habits = Habits(got.habits.order, got.habits.afternoons, start)


def _rows_of_settings(got: Gathered, use: Use) -> dict[str, int]:
    """Return the row of each setting."""
    names = {plain(own.headings[0]): own.name for own in settings()}
    names |= {plain(own.name): own.name for own in settings() if plain(own.name) not in names}
    setting = use.field(SETTING)
    assert setting is not None
    found: dict[str, int] = {}
    for row in data_rows(use):
        there, text = read_field(got, use, row, setting, "")
        if not there:
            continue
        name = names.get(plain(text))
        if name is None:
            got.aside.append(f'{use.grid.title}: the setting "{text}" of row {row} is not read.')
        elif name in found:
            got.fault("double_setting", use.spot(row, setting), show(text), "each setting once")
        else:
            found[name] = row
            got.origins[name] = Origin(use, row, field=VALUE)
    return found


def _value(got: Gathered, use: Use, rows: dict[str, int], own: Field) -> Any:
    column = use.field(VALUE)
    assert column is not None
    if own.name not in rows:
        return None
    return read_field(got, use, rows[own.name], replace(column, headings=own.headings), own.name, own.kind)[1]


def gather_rules(got: Gathered, use: Use) -> None:
    """Add the settings of the rulebook."""
    book: dict[str, Any] = {}
    fields = {own.name: own for own in use.sheet.fields}
    for row in data_rows(use):
        there, rule = read_field(got, use, row, fields[rules.NAME], "")
        if not there:
            got.fault("missing_field", use.spot(row, fields[rules.NAME]), "", "the name of a rule")
            continue
        setting = book.setdefault(rule, {})
        path = f"rulebook.rules.{rule}"
        got.origins.setdefault(path, Origin(use, row))
        for own in use.sheet.fields:
            if own.name in (rules.NAME, rules.PARAMETER, rules.VALUE):
                continue
            said, value = read_field(got, use, row, own, f"{path}.{own.name}")
            if said and setting.setdefault(own.name, value) != value:
                got.fault(
                    "contradiction", use.spot(row, own), show(value), "what another row of the rule says"
                )
        _parameter(got, use, row, path, rule, setting)
    if book:
        got.data.setdefault("rulebook", {})["rules"] = book


def _parameter(got: Gathered, use: Use, row: int, path: str, rule: str, setting: dict[str, Any]) -> None:
    fields = {own.name: own for own in use.sheet.fields}
    there, name = read_field(got, use, row, fields[rules.PARAMETER], path)
    own = fields[rules.VALUE]
    if not there:
        if not use.grid.cell(row, use.columns.column(own)).blank:
            spot = use.spot(row, fields[rules.PARAMETER])
            got.fault("missing_field", spot, "", "the parameter whose value this is", path)
        return
    place = f"{path}.parameters.{name}"
    got.origins[place] = Origin(use, row, field=rules.VALUE)
    said, value = read_field(got, use, row, own, place, rules.value_kind(rule, name))
    parameters = setting.setdefault("parameters", {})
    if name in parameters:
        got.fault("contradiction", use.spot(row, fields[rules.PARAMETER]), show(name), "each parameter once")
    elif said:
        parameters[name] = value
