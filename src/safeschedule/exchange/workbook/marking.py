"""A copy of a workbook in which each fault is a comment of its cell."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.workbook.found import Located, Spot
from safeschedule.needing import library

AUTHOR = "SafeSchedule"
_COLOUR = "FFFFE699"
_LONGEST = 4_000


def marked_copy(path: str | Path, faults: Iterable[Located]) -> bytes:
    """Return the file of a copy with the faults as comments, their cells in yellow.

    Parameters
    ----------
    path
        The workbook (XLSX).
    faults
        The faults with their cells; those of a row or a sheet are put on its first cell.

    Raises
    ------
    InputError
        The workbook is not of XLSX, or openpyxl is not installed.
    """
    path = Path(path)
    if path.suffix.casefold() not in (".xlsx", ".xlsm"):
        expected = "a workbook in XLSX: save it as one, or leave out --marked"
        raise InputError("marked copy", [Fault("not_a_workbook", path.name, path.suffix, expected)])
    openpyxl = library("openpyxl", "workbook")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, keep_vba=path.suffix.casefold() == ".xlsm")
    told: dict[tuple[str, int, int], list[str]] = {}
    for located in faults:
        told.setdefault(_cell(book, located.spot), []).append(_words(located.fault))
    comments = library("openpyxl.comments", "workbook")
    fill = library("openpyxl.styles", "workbook").PatternFill("solid", fgColor=_COLOUR)
    for (title, row, column), words in told.items():
        cell = _first(book[title], row, column)
        before = f"{cell.comment.text}\n\n" if cell.comment else ""
        comment = comments.Comment((before + "\n".join(words))[:_LONGEST], AUTHOR)
        comment.width, comment.height = 320, 90 + 20 * len(words)
        cell.comment, cell.fill = comment, fill
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _words(fault: Fault) -> str:
    found = f"Found {fault.value}; expected" if fault.value else "Expected"
    return f"{found} {fault.expected}."


def _cell(book: Any, spot: Spot) -> tuple[str, int, int]:
    title = spot.sheet if spot.sheet in book.sheetnames else book.sheetnames[0]
    return title, max(spot.row, 1), max(spot.column, 1)


def _first(page: Any, row: int, column: int) -> Any:
    """Return a cell, or the first of the merged area in which it is: only that one can have a comment."""
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return page.cell(area.min_row, area.min_col)
    return page.cell(row, column)
