"""What a file is that somebody drops: a team's workbook, tables, or a calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safeschedule import Fault, InputError
from safeschedule.exchange.foreign_table import read_table
from safeschedule.exchange.workbook.grids import Grid, grids_of
from safeschedule.exchange.workbook.headings import find_columns, plain
from safeschedule.exchange.workbook.layout.declared import README, SHEET_NAMES, WEEK
from safeschedule.exchange.workbook.layout.sheets import Sheet, sheets
from safeschedule.exchange.workbook.layout.week import WEEK_SHEET
from safeschedule.web.incoming.files import Incoming, on_disk
from safeschedule.web.incoming.papers import CALENDAR, TABLE, WORKBOOK, table_as_plain
from safeschedule.web.incoming.reading import require_small

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
TABLES = (".csv", ".tsv", ".txt")
_CALENDAR_NAME = re.compile(rb"^X-WR-CALNAME[^:\r\n]*:([^\r\n]{1,80})", re.MULTILINE)
_LEAST_HEADINGS = 3


@dataclass(frozen=True)
class NewPaper:
    """A paper that was found in a file; see `Paper`."""

    kind: str
    name: str
    body: dict[str, Any] = field(default_factory=dict)
    data: bytes = b""


def sorted_out(file: Incoming) -> tuple[list[NewPaper], list[str]]:
    """Return the papers in a file, and what was left aside.

    Raises
    ------
    InputError
        It is of another kind, or cannot be read.
    """
    require_small(file)
    name = Path(file.name.replace("\\", "/")).name[:120] or "a file"
    if file.ending == ".ics":
        return [NewPaper(CALENDAR, name, {"who": "", "named": _named(file, name)}, file.data)], []
    if file.ending not in (*WORKBOOKS, *TABLES):
        kinds = "a workbook (XLSX or ODS), a table (CSV) or a calendar (ICS)"
        raise InputError(name, [Fault("other_kind", name, file.ending, kinds)])
    with on_disk(file) as (path,):
        if file.ending in TABLES:
            return [_table(path, name, Path(name).stem)], []
        try:
            grids = grids_of(path)
        except InputError as error:
            raise _renamed(error, path, name) from error
        if _is_ours(grids):
            return [NewPaper(WORKBOOK, name, {"ending": file.ending}, file.data)], []
        return _of_sheets(path, name, grids)


def sheet_of(title: str) -> Sheet | None:
    """Return a sheet of the workbook by its title."""
    return next((sheet for sheet in sheets() if plain(sheet.title) == plain(title)), None)


def _is_ours(grids: list[Grid]) -> bool:
    week = next((grid for grid in grids if plain(grid.title) == plain(WEEK)), None)
    return week is not None and bool(find_columns(WEEK_SHEET, week).row)


def _of_sheets(path: Path, name: str, grids: list[Grid]) -> tuple[list[NewPaper], list[str]]:
    found, aside = [], []
    for grid in grids:
        if not grid.rows or plain(grid.title) == plain(README):
            continue
        try:
            found.append(_table(path, f"{name}, {grid.title}", grid.title, grid.title))
        except InputError as error:
            aside += [f"{name}, sheet {grid.title}: {fault}" for fault in error.faults]
    if not found:
        raise InputError(name, [Fault("missing_heading", name, "", "a sheet with a row of headings")])
    return found, aside


def _table(path: Path, name: str, called: str, sheet: str | None = None) -> NewPaper:
    try:
        table = read_table(path, sheet)
    except InputError as error:
        raise _renamed(error, path, name) from error
    notes = [note.replace(path.name, name) for note in table.notes]
    plain_table = table_as_plain(table) | {"name": name, "notes": notes}
    return NewPaper(TABLE, name, {"target": _target(called, table.headings), "table": plain_table})


def _renamed(error: InputError, path: Path, name: str) -> InputError:
    """Return faults with the name that people know; what the file is called here says nothing to anybody."""
    faults = [
        Fault(f.code, f.place.replace(path.name, name), f.value, f.expected, f.of) for f in error.faults
    ]
    return InputError(name, faults)


def _target(called: str, headings: tuple[str, ...]) -> str:
    """Return the sheet into which a table goes, by its name or its headings; nothing where neither says."""
    word = plain(called.replace("-", " "))
    known = {plain(sheet.title): sheet.title for sheet in sheets()}
    named = known.get(word) or known.get(plain(SHEET_NAMES.get(word, "")))
    if named:
        return named
    best = max(sheets(), key=lambda sheet: len(_known(sheet, headings)))
    return best.title if len(_known(best, headings)) >= _LEAST_HEADINGS else ""


def _known(sheet: Sheet, headings: tuple[str, ...]) -> set[str]:
    words = {plain(heading) for field in sheet.fields for heading in (*field.headings, *field.aliases)}
    return words & {plain(heading) for heading in headings}


def _named(file: Incoming, name: str) -> list[str]:
    """Return words by which a calendar could be somebody's."""
    said = _CALENDAR_NAME.search(file.data)
    words = [] if said is None else [said[1].decode(errors="replace").strip()]
    return [*words, *_pieces(Path(name).stem)]


def _pieces(stem: str) -> Iterator[str]:
    yield stem
    yield from re.split(r"[\s_.-]+", stem)
