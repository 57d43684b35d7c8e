"""The sheets of an XLSX file, by openpyxl."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from safeschedule.exchange.workbook.grids.grid import BLANK, MOST_CELLS, WIDEST, Grid, TooManyError, as_typed
from safeschedule.exchange.workbook.kinds.kind import Cell
from safeschedule.needing import library

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row (?=[^>]*?hidden="(?:1|true)")[^>]*?r="(\d+)"')
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ESCAPED = re.compile(r"_x[0-9A-Fa-f]{4}_")

NO_RESULT = "a formula without a result; open the workbook in your spreadsheet program and save it"


def read(path: Path) -> list[Grid]:
    """Return the sheets, in their order."""
    openpyxl = library("openpyxl", "workbook")
    _count(path)
    with warnings.catch_warnings():
        # Of parts that a workbook may have and that are not read, such as pictures.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            with ZipFile(path) as packed:
                parts = {
                    page.title: packed.read(page._worksheet_path.lstrip("/")) for page in book.worksheets
                }
            formulas = _formulas(path, [title for title, part in parts.items() if _FORMULA.search(part)])
            return [
                _grid(page, parts[page.title], formulas.get(page.title, frozenset()))
                for page in book.worksheets
            ]
        finally:
            book.close()


def _count(path: Path) -> None:
    """Look whether there are more cells than any team has, before they are read one by one."""
    with ZipFile(path) as packed:
        pages = (name for name in packed.namelist() if "worksheets/" in name and name.endswith(".xml"))
        if sum(len(_CELL.findall(packed.read(name))) for name in pages) > MOST_CELLS:
            raise TooManyError


def _formulas(path: Path, titles: list[str]) -> dict[str, frozenset[tuple[int, int]]]:
    """Return where formulas are, on the sheets that have some."""
    if not titles:
        return {}
    book = library("openpyxl", "workbook").load_workbook(path, read_only=True, keep_links=False)
    try:
        return {
            title: frozenset(
                (cell.row, cell.column)
                for row in book[title].iter_rows(max_col=WIDEST)
                for cell in row
                if getattr(cell, "data_type", "") == "f"
            )
            for title in titles
        }
    finally:
        book.close()


def _grid(page: Any, part: bytes, formulas: frozenset[tuple[int, int]]) -> Grid:
    rows: dict[int, tuple[Cell, ...]] = {}
    page.reset_dimensions()
    for number, row in enumerate(page.iter_rows(), start=1):
        cells = [_cell(cell, formulas) for cell in row[:WIDEST]]
        while cells and cells[-1] is BLANK:
            cells.pop()
        if cells:
            rows[number] = tuple(cells)
    hidden = frozenset(int(number) for number in _HIDDEN.findall(part))
    return Grid(page.title, rows, _merged(part), hidden)


def _cell(cell: Any, formulas: frozenset[tuple[int, int]]) -> Cell:
    value = cell.value
    if value is None:
        if formulas and hasattr(cell, "row") and (cell.row, cell.column) in formulas:
            return Cell(wrong=NO_RESULT)
        return BLANK
    if cell.data_type == "e":
        return Cell(value, wrong=f"the error {value}")
    if isinstance(value, str):
        if "_x" in value and _ESCAPED.search(value):
            # How the format writes what XML cannot: _x000D_ is a line's end.
            value = _ESCAPED.sub(lambda match: chr(int(match[0][2:6], 16)), value)
        return Cell(value)
    return Cell(as_typed(value), cell.number_format or "General")


def _merged(part: bytes) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for left, top, _, bottom in _MERGED.findall(part):
        column = 0
        for letter in left.decode():
            column = column * 26 + ord(letter) - ord("A") + 1
        last = min(int(bottom), int(top) + 10_000)
        found.update({(row, column): int(top) for row in range(int(top) + 1, last + 1)})
    return found
