"""Which column of a sheet is which: by its heading, in whatever row that is and however it is spelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeschedule.exchange.workbook.grids import Grid
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet

LOOKED_AT = 25
"""Rows in which the headings may be: above them there may be a title."""

_PERCENT = re.compile(r"\(?\s*(%|percent|per cent)\s*\)?$")


@dataclass
class SheetColumns:
    """The columns of a sheet.

    Parameters
    ----------
    row
        The number of the row of headings; 0 where there is none.
    of
        The number of the column of each part of each field.
    percent
        The fields whose heading says percent.
    unknown
        The headings that are not known, by column.
    double
        The headings that came twice, by the later column.
    """

    row: int = 0
    of: dict[tuple[str, bool, int], int] = field(default_factory=dict)
    percent: set[tuple[str, bool]] = field(default_factory=set)
    unknown: dict[int, str] = field(default_factory=dict)
    double: dict[int, str] = field(default_factory=dict)

    def column(self, own: Field, part: int = 0) -> int:
        """Return the number of a field's column; 0 where it has none."""
        return self.of.get((own.name, own.beside, part), 0)


def plain(text: str) -> str:
    """Return a heading without what spelling varies in."""
    text = _PERCENT.sub("", text.strip().casefold())
    return re.sub(r"[^\w%/]+", " ", text.replace("_", " ")).strip()


def find_columns(sheet: Sheet, grid: Grid) -> SheetColumns:
    """Return the columns of a sheet as they are in a file."""
    titles, aliases = _names(sheet)
    best, most = 0, 0
    for number in sorted(grid.rows)[:LOOKED_AT]:
        known = {plain(text) for _, text in _texts(grid, number)} & (titles.keys() | aliases.keys())
        if len(known) > most:
            best, most = number, len(known)
    # One word alone may be anything, if there should be several.
    if most < min(2, len(titles)):
        return SheetColumns()
    return _assigned(grid, best, titles, aliases)


def _names(sheet: Sheet) -> tuple[Mapping[str, tuple[Field, int]], Mapping[str, tuple[Field, int]]]:
    titles: dict[str, tuple[Field, int]] = {}
    aliases: dict[str, tuple[Field, int]] = {}
    for own in sheet.fields:
        for part, heading in enumerate(own.headings):
            titles.setdefault(plain(heading), (own, part))
        for alias in own.aliases:
            aliases.setdefault(plain(alias), (own, 0))
    return titles, aliases


def _texts(grid: Grid, number: int) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(grid.rows.get(number, ()), start=1):
        if isinstance(cell.value, str) and cell.value.strip():
            yield column, cell.value


def _assigned(
    grid: Grid,
    number: int,
    titles: Mapping[str, tuple[Field, int]],
    aliases: Mapping[str, tuple[Field, int]],
) -> SheetColumns:
    found = SheetColumns(number)
    waiting: dict[int, str] = {}
    for names in (titles, aliases):
        texts = dict(_texts(grid, number)) if names is titles else waiting
        for column, text in texts.items():
            own, part = names.get(plain(text), (None, 0))
            key = (own.name, own.beside, part) if own else None
            if own is None or key is None:
                (waiting if names is titles else found.unknown)[column] = text
            elif key in found.of:
                # Another word for a column that is there is a column of its own.
                (found.double if names is titles else found.unknown)[column] = text
            else:
                found.of[key] = column
                if _PERCENT.search(text.casefold()):
                    found.percent.add(key[:2])
    return found
