"""A week's actuals as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from safeschedule.actuals import Actuals
from safeschedule.exchange.actuals_workbook.layout import (
    MEANING,
    SETTING,
    VALUE,
    WEEK,
    list_sheets,
    week_fields,
)
from safeschedule.exchange.workbook.flattening import Row
from safeschedule.exchange.workbook.layout.sheets import Sheet
from safeschedule.exchange.workbook.page import Page
from safeschedule.exchange.workbook.writing import new_book
from safeschedule.exchange.writing import write_atomically
from safeschedule.problem.kinds import require_kind


def write_actuals_workbook(actuals: Actuals, path: str | Path) -> None:
    """Write a week's actuals as a workbook (XLSX), whole or not at all; its folder has to exist.

    Raises
    ------
    InputError
        XlsxWriter is not installed, or a list is too long for a cell.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Actuals, read_actuals_workbook, write_actuals_workbook
    >>> week = Actuals(week_start=date(2026, 10, 5), events=())
    >>> write_actuals_workbook(week, folder / "week.xlsx")
    >>> read_actuals_workbook(folder / "week.xlsx") == week
    True
    """
    require_kind("write_actuals_workbook", "actuals", actuals, Actuals, "an Actuals; see read_actuals")
    write_atomically(path, actuals_workbook(actuals))


def actuals_workbook(actuals: Actuals) -> bytes:
    """Return the whole file; `read_actuals_workbook` reads it back."""
    plain = actuals.model_dump(mode="json")
    stream = io.BytesIO()
    book = new_book(stream, str(plain["name"]))
    Page(book, WEEK, example=False).fill(_week(plain))
    for name, sheet in list_sheets().items():
        if plain[name] is not None:
            fields = {own.name: own for own in sheet.fields}
            rows = (
                {(key, False): fields[key].kind.write(value) for key, value in entry.items()}
                for entry in plain[name]
            )
            Page(book, sheet, example=False).fill(rows)
    book.close()
    return stream.getvalue()


def _rows(sheet: Sheet, entries: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    fields = {own.name: own for own in sheet.fields}
    for entry in entries:
        yield {(key, False): fields[key].kind.write(value) for key, value in entry.items()}


def _week(plain: Mapping[str, Any]) -> Iterator[Row]:
    for field in week_fields():
        told = " ".join(part for part in (field.about, f"({field.kind.expected})") if part)
        yield {
            (SETTING, False): field.headings[:1],
            (VALUE, False): field.kind.write(plain[field.name]),
            (MEANING, False): (told,),
        }
