"""A week's actuals from a workbook as people fill it in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from safeschedule.actuals import Actuals
from safeschedule.actuals.faults import find_actuals_faults
from safeschedule.errors import Fault, InputError
from safeschedule.exchange.actuals_workbook.layout import SETTING, VALUE, WEEK, list_sheets, week_fields
from safeschedule.exchange.structure.judging import is_told, origin_of, with_places
from safeschedule.exchange.workbook.found import Spot
from safeschedule.exchange.workbook.gathering import Gathered, Origin, Use, data_rows, read_field
from safeschedule.exchange.workbook.grids import Grid, grids_of
from safeschedule.exchange.workbook.headings import find_columns, plain
from safeschedule.problem.kinds import require_path
from safeschedule.problem.reading.source import name_of
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import show

_ENTRY = re.compile(r"(\w+)\[(\d+)\]")


def read_actuals_workbook(path: str | Path) -> Actuals:
    """Return the actuals of a workbook (XLSX or ODS): one week, a sheet for each list.

    A sheet that is not there means that nobody recorded such things; one with headings alone, that there were
    none. The two are never mixed up.

    Raises
    ------
    InputError
        With every fault, by sheet, row and column; or the file cannot be read, or openpyxl is not installed.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Actuals, read_actuals_workbook, write_actuals_workbook
    >>> write_actuals_workbook(Actuals(week_start=date(2026, 10, 5)), folder / "bare.xlsx")
    >>> read_actuals_workbook(folder / "bare.xlsx").visits is None
    True
    """
    require_path("read_actuals_workbook", "path", path)
    got = Gathered()
    _gather(got, grids_of(path))
    told = [located.path for located in got.faults if located.path]
    found, misshapen = validate(Actuals, json.dumps(got.data), got.data)
    if found is not None and not got.faults:
        rest = list(find_actuals_faults(found))
        if not rest:
            return found
    else:
        rest = [fault for fault in misshapen if not is_told(fault.place, told)]
        rest += _between_the_rest(got.data, [*told, *(fault.place for fault in rest)])
    faults = [located.fault for located in got.faults] + [_located(got, fault) for fault in rest]
    raise InputError(name_of(path, "workbook of actuals"), faults)


def _gather(got: Gathered, grids: Sequence[Grid]) -> None:
    known = {plain(sheet.title): (name, sheet) for name, sheet in list_sheets().items()}
    known[plain(WEEK.title)] = ("", WEEK)
    for grid in grids:
        if plain(grid.title) not in known:
            continue
        name, sheet = known[plain(grid.title)]
        use = Use(sheet, grid, find_columns(sheet, grid))
        if not use.columns.row:
            some = ", ".join(own.headings[0] for own in sheet.fields[:4])
            got.fault("missing_heading", Spot(grid.title), "", f"a row of headings such as {some}", name)
        elif name:
            _list(got, use, name)
        else:
            _week(got, use)


def _list(got: Gathered, use: Use, name: str) -> None:
    entries = got.data.setdefault(name, [])
    for column, again in use.columns.double.items():
        spot = Spot(use.grid.title, use.columns.row, column, again)
        got.fault("double_column", spot, "", "each heading once", name)
    for column, heading in use.columns.unknown.items():
        spot = Spot(use.grid.title, use.columns.row, column, heading)
        got.fault("unknown_field", spot, show(heading), "a heading of the sheet", name)
    for row in data_rows(use):
        path = f"{name}[{len(entries)}]"
        got.origins[path] = Origin(use, row)
        entry: dict[str, Any] = {}
        for own in use.sheet.fields:
            there, value = read_field(got, use, row, own, f"{path}.{own.name}")
            if there:
                entry[own.name] = value
        entries.append(entry)


def _week(got: Gathered, use: Use) -> None:
    settings = {plain(name): own for own in week_fields() for name in (own.headings[0], own.name)}
    setting, value = use.field(SETTING), use.field(VALUE)
    assert setting is not None
    assert value is not None
    for row in data_rows(use):
        there, text = read_field(got, use, row, setting, "")
        own = settings.get(plain(text)) if there else None
        if own is None:
            if there:
                got.fault("unknown_field", use.spot(row, setting), show(text), "a setting of the sheet")
            continue
        got.origins[own.name] = Origin(use, row, field=VALUE)
        said, found = read_field(got, use, row, replace(value, headings=value.headings), own.name, own.kind)
        if said:
            got.data[own.name] = found


def _between_the_rest(data: Mapping[str, Any], wrong: Sequence[str]) -> list[Fault]:
    """Return what contradicts itself in the rows that could be read; places are those of all rows."""
    bad = {(match[1], int(match[2])) for place in wrong if (match := _ENTRY.match(place))}
    kept: dict[str, Any] = {key: value for key, value in data.items() if not isinstance(value, list)}
    numbers: dict[str, list[int]] = {}
    for name, entries in data.items():
        if isinstance(entries, list):
            numbers[name] = [number for number in range(len(entries)) if (name, number) not in bad]
            kept[name] = [entries[number] for number in numbers[name]]
    found, _ = validate(Actuals, json.dumps(kept), kept)
    if found is None:
        return []
    whole = lambda match: f"{match[1]}[{numbers[match[1]][int(match[2])]}]"  # noqa: E731
    return [
        replace(fault, place=_ENTRY.sub(whole, fault.place), expected=_ENTRY.sub(whole, fault.expected))
        for fault in find_actuals_faults(found)
    ]


def _located(got: Gathered, fault: Fault) -> Fault:
    expected = with_places(fault.expected, lambda other: _where(got, other))
    return replace(fault, place=_where(got, fault.place), expected=expected)


def _where(got: Gathered, place: str) -> str:
    """Return the cell of a place."""
    known = origin_of(got.origins, place)
    if known is None:
        return f"{WEEK.title} {place}".strip()
    origin, head, rest = known
    name = origin.field or re.split(r"[.\[]", rest)[0]
    spot = origin.use.spot(origin.row, origin.use.field(name))
    return str(replace(spot, heading=head) if origin.field else spot)
