"""A solved week as a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from safeschedule.exchange.rota_workbook.board import draw
from safeschedule.exchange.rota_workbook.looks import Looks
from safeschedule.exchange.rota_workbook.pages import ROTA, WRITTEN, rota, tables
from safeschedule.exchange.workbook.writing import new_book
from safeschedule.exchange.writing import write_atomically
from safeschedule.problem import Problem
from safeschedule.reports.grid import DayColumn
from safeschedule.reports.view import Axis, view
from safeschedule.reports.words import long_date, short_date, weekday
from safeschedule.schedule import Schedule
from safeschedule.schedule.fitting import require_fitting
from safeschedule.verifier import verify

BOARD = "Board"
_FIXED = (BOARD, ROTA, WRITTEN, "Rooms", "Not placed", "Load", "Rules", "Notices", "Provenance")
_UNFIT = re.compile(r"[\[\]:*?/\\']")
_HINT = (
    f"To change the week, change the sheet {ROTA}: only that one is read back. "
    "In italics, and hatched where the program can: protected time. ▲: high intensity."
)
_A3, _A4 = 8, 9
_POINTS = {_A3: (1130, 760), _A4: (780, 515)}
"""Width and height of the papers across, inside of the margins."""

_TIMES, _COLUMN, _ROW = 9, 24, 16
"""Widths of columns in characters; the height of a row of headings in points."""

_CHARACTER = 5.4
"""Points of a character, with what is left free beside columns."""

_SPARE = 0.95
"""What of a page is filled: spreadsheet programs differ a little in their measures."""


def write_rota(problem: Problem, schedule: Schedule, path: str | Path) -> None:
    """Write a schedule as a workbook (XLSX), whole or not at all; its folder has to exist.

    Raises
    ------
    InputError
        The schedule is of another week, time zone or team than the problem, or XlsxWriter is not installed.

    Examples
    --------
    >>> from safeschedule import read_rota, write_rota
    >>> write_rota(problem, schedule, folder / "rota.xlsx")
    >>> len(read_rota(problem, folder / "rota.xlsx").appointments)
    6
    """
    write_atomically(path, rota_workbook(problem, schedule))


def rota_workbook(problem: Problem, schedule: Schedule) -> bytes:
    """Return the whole file of a schedule's workbook; `read_rota` reads it back.

    Raises
    ------
    InputError
        As for `write_rota`.
    """
    require_fitting(problem, schedule)
    told = view(problem, schedule, verify(problem, schedule), None)
    stream = io.BytesIO()
    book = new_book(stream, problem.name)
    looks = Looks(book)
    _board(book, looks, told)
    rota(book, looks, problem, schedule)
    names = _Names()
    _days(book, looks, told, names)
    _people(book, looks, told, names)
    if told["rooms"]:
        _rooms(book, looks, told)
    tables(book, looks, told)
    book.close()
    return stream.getvalue()


class _Names:
    """Names of sheets: at most 31 characters, no two alike, and none that Excel keeps for itself."""

    def __init__(self) -> None:
        self._taken = {"history", *(name.casefold() for name in _FIXED)}

    def of(self, text: str) -> str:
        """Return a name for a sheet."""
        base = _UNFIT.sub("-", text).strip()[:26] or "sheet"
        name, number = base, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{base} {number}"
        self._taken.add(name.casefold())
        return name


def _board(book: Any, looks: Looks, told: dict[str, Any]) -> None:
    """Add the week: clinicians across, times down, a page a day."""
    page = book.add_worksheet(BOARD)
    title = f"{told['problem'].name}, {told['title']} ({told['time_zone']})"
    page.write_string(0, 0, title, looks["title"])
    page.write_string(1, 0, _HINT, looks["number"])
    people = [person.load.clinician for person in told["people"]]
    _across(page, looks, 2, people)
    row, breaks = 3, []
    for number, (day, *_) in enumerate(told["days"]):
        if number:
            breaks.append(row)
        page.write_string(row, 0, f"{short_date(day)}", looks["day"])
        for column in range(1, len(people) + 1):
            page.write_blank(row, column, None, looks["day"])
        columns = [person.days[number] for person in told["people"]]
        axis, height = told["axis"], _height(_A3, len(people), 4)
        row = draw(page, looks, row + 1, columns, axis.first, axis.last, height)
    page.set_h_pagebreaks(breaks)
    page.repeat_rows(0, 2)
    page.freeze_panes(3, 1)
    _print(page, _A3, told)


def _height(paper: int, columns: int, rows: int) -> float:
    """Return what is left of a page's height, in points, beside some rows of headings.

    A page is made smaller until all columns stand side by side on it, and then holds more.
    """
    width, height = _POINTS[paper]
    scale = min(1.0, width / ((_TIMES + _COLUMN * columns) * _CHARACTER))
    return height * _SPARE / scale - rows * _ROW


def _across(page: Any, looks: Looks, row: int, headings: Sequence[str]) -> None:
    page.write_string(row, 0, "", looks["heading"])
    page.set_column(0, 0, _TIMES)
    page.set_column(1, max(1, len(headings)), _COLUMN)
    for column, heading in enumerate(headings, start=1):
        page.write_string(row, column, heading, looks["heading"])


def _grid(
    page: Any,
    looks: Looks,
    told: dict[str, Any],
    title: str,
    axis: Axis,
    own: Sequence[tuple[str, DayColumn]],
) -> None:
    """Fill a sheet with one grid."""
    page.write_string(0, 0, title, looks["title"])
    _across(page, looks, 1, [heading for heading, _ in own])
    columns = [column for _, column in own]
    draw(page, looks, 2, columns, axis.first, axis.last, _height(_A4, len(columns), 2))
    page.freeze_panes(2, 1)
    page.repeat_rows(0, 1)
    _print(page, _A4, told)


def _days(book: Any, looks: Looks, told: dict[str, Any], names: _Names) -> None:
    for number, (day, *_) in enumerate(told["days"]):
        columns = [(person.load.clinician, person.days[number]) for person in told["people"]]
        title = f"{weekday(day)}, {long_date(day)}"
        _grid(book.add_worksheet(names.of(weekday(day))), looks, told, title, told["axis"], columns)


def _people(book: Any, looks: Looks, told: dict[str, Any], names: _Names) -> None:
    for person in told["people"]:
        code = person.load.clinician
        columns = [(short_date(column.day), column) for column in person.days]
        title = f"{code}, {told['title']}"
        _grid(book.add_worksheet(names.of(code)), looks, told, title, person.axis, columns)


def _rooms(book: Any, looks: Looks, told: dict[str, Any]) -> None:
    """Add the rooms, one below the other."""
    page = book.add_worksheet("Rooms")
    page.write_string(0, 0, f"Rooms, {told['title']}", looks["title"])
    row = 1
    for room in told["rooms"]:
        page.write_string(row, 0, room.code, looks["day"])
        for column, each in enumerate(room.days, start=1):
            page.write_string(row, column, short_date(each.day), looks["day"])
        row = draw(page, looks, row + 1, room.days, room.axis.first, room.axis.last) + 1
    page.set_column(0, 0, 12)
    page.set_column(1, 7, 24)
    page.freeze_panes(1, 1)
    _print(page, _A4, told)


def _print(page: Any, paper: int, told: dict[str, Any]) -> None:
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    # The stamp is of hashes: nothing in it can be a command of the footer.
    page.set_footer(f"&L&8{told['stamp']}&C&A&RPage &P of &N")
    # These are to look at; a change in them would be lost.
    page.protect()
