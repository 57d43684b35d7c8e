"""A problem as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from safeschedule.exchange.structure.fields import properties, value_at
from safeschedule.exchange.workbook import explaining
from safeschedule.exchange.workbook.flattening import Row, rows_of
from safeschedule.exchange.workbook.layout import rules
from safeschedule.exchange.workbook.layout.declared import RULES
from safeschedule.exchange.workbook.layout.sheets import Sheet, sheets
from safeschedule.exchange.workbook.layout.week import WEEK_SHEET, week_rows
from safeschedule.exchange.workbook.page import Page
from safeschedule.exchange.writing import write_atomically
from safeschedule.needing import library
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.people import default_bands

MADE = datetime(2020, 1, 1)
"""When every workbook says that it was made: the same problem gives the same file."""


def write_workbook(problem: Problem, path: str | Path) -> None:
    """Write a problem as a workbook (XLSX), whole or not at all; its folder has to exist.

    Raises
    ------
    InputError
        The problem has faults, XlsxWriter is not installed, or a list is too long for a cell.

    Examples
    --------
    >>> from safeschedule import read_workbook, write_workbook
    >>> write_workbook(problem, folder / "team.xlsx")
    >>> read_workbook(folder / "team.xlsx") == problem
    True
    """
    write_atomically(path, workbook_of(problem))


def workbook_of(problem: Problem) -> bytes:
    """Return the whole file of a problem's workbook; `read_workbook` reads it back.

    Raises
    ------
    InputError
        As for `write_workbook`.
    """
    require_kind("workbook_of", "problem", problem, Problem)
    require_sound(problem)
    return _bytes(problem.model_dump(mode="json"), full=False)


def empty_workbook() -> bytes:
    """Return the whole file of a workbook to fill in, with the default bands."""
    bands = [band.model_dump(mode="json") for band in default_bands()]
    return _bytes({"bands": bands}, full=True)


def _bytes(plain: Mapping[str, Any], *, full: bool) -> bytes:
    """Return a workbook; a full one has every sheet."""
    stream = io.BytesIO()
    book = new_book(stream, str(plain.get("name", "")))
    explaining.write(book, _all_sheets())
    Page(book, WEEK_SHEET, example=False).fill(week_rows(plain))
    for sheet in _all_sheets()[1:]:
        found = list(_rows(sheet, plain))
        if found or full or sheet.plan.always or _default(sheet):
            Page(book, sheet, example=bool(sheet.plan.example)).fill(found)
    book.close()
    return stream.getvalue()


def new_book(stream: io.BytesIO, title: str) -> Any:
    """Return a workbook in which every text stays text.

    Raises
    ------
    InputError
        XlsxWriter is not installed.
    """
    kept = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    book = library("xlsxwriter", "workbook").Workbook(stream, {"in_memory": True, **kept})
    book.set_properties({"title": title, "created": MADE})
    return book


def _all_sheets() -> list[Sheet]:
    return [WEEK_SHEET, *sheets(), rules.sheet()]


def _default(sheet: Sheet) -> bool:
    """Return whether a missing sheet would mean entries."""
    names = {own.name: own.default for own in properties("Problem")}
    return any(names.get(table.entries.path) for table in sheet.tables)


def _rows(sheet: Sheet, plain: Mapping[str, Any]) -> list[Row]:
    if sheet.title == RULES:
        return [_rule_row(sheet, row) for row in rules.rows_of(plain.get("rulebook", {}).get("rules", {}))]
    if not all(_has(plain, table.parent or table.entries.path) for table in sheet.tables):
        present = tuple(t for t in sheet.tables if _has(plain, t.parent or t.entries.path))
        sheet = Sheet(sheet.plan, present, sheet.fields)
    return list(rows_of(sheet, plain))


def _has(plain: Mapping[str, Any], path: str) -> bool:
    try:
        value_at(plain, path)
    except KeyError:
        return False
    return True


def _rule_row(sheet: Sheet, row: Mapping[str, Any]) -> Row:
    made: Row = {}
    for field in sheet.fields:
        if field.name in row:
            kind = field.kind
            if field.name == rules.VALUE:
                kind = rules.value_kind(row[rules.NAME], row[rules.PARAMETER])
            made[field.name, False] = kind.write(row[field.name])
    return made
