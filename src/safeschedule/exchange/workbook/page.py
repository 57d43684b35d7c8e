"""One sheet as it is written: headings with comments, lists to choose from, a row of examples."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.workbook.flattening import Row, example_row
from safeschedule.exchange.workbook.kinds.kind import Clock, Out
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet, sheets

LONGEST_TEXT = 32_767
"""Characters that a cell holds."""

_NARROW, _WIDE, _WIDEST, _LOOKED_AT = 8, 44, 100, 300
_SPARE = 1000
"""Rows below the last one that have their lists to choose from."""

_COLOURS = {"needed": "#BDD7EE", "free": "#DDEBF7", "example": "#F2F2F2"}


class Page:
    """A sheet of a workbook that is being written.

    Parameters
    ----------
    book
        XlsxWriter's workbook.
    sheet
        What is on it.
    example
        Whether it has a row of examples.
    """

    def __init__(self, book: Any, sheet: Sheet, *, example: bool) -> None:
        self._sheet, self._example = sheet, example
        self._page = book.add_worksheet(sheet.title)
        self._formats = _Formats(book)
        self._columns = [(field, part) for field in sheet.fields for part in range(len(field.headings))]
        self._widths = [max(map(len, field.headings[part].split())) + 3 for field, part in self._columns]

    def fill(self, rows: Iterable[Row]) -> None:
        """Write the rows, and all around them."""
        number = 1
        if self._example:
            self._row(number, example_row(self._sheet), example=True)
            number += 1
        for row in rows:
            self._row(number, row)
            number += 1
        self._head()
        self._choices(number + _SPARE)
        self._shape()

    def _head(self) -> None:
        for column, (field, part) in enumerate(self._columns):
            self._page.write_string(0, column, field.headings[part], self._formats.heading(field.needed))
            told = comment(field)
            if told:
                size = {"x_scale": 2, "y_scale": 1 + len(told) / 160}
                self._page.write_comment(0, column, told, size)

    def _row(self, number: int, row: Row, *, example: bool = False) -> None:
        for column, (field, part) in enumerate(self._columns):
            cells = row.get((field.name, field.beside), ())
            value = cells[part] if part < len(cells) else None
            if value is None:
                if example:
                    self._page.write_blank(number, column, None, self._formats.of("text", example=True))
                continue
            if number < _LOOKED_AT:
                shown = 12 if isinstance(value, date) else len(str(value)) + 2
                self._widths[column] = max(self._widths[column], shown)
            self._cell(number, column, value, field, example=example)

    def _cell(self, number: int, column: int, value: Out, field: Field, *, example: bool) -> None:
        if isinstance(value, str):
            if len(value) > LONGEST_TEXT:
                place = f"{self._sheet.title} row {number + 1} {field.headings[0]}"
                expected = f"at most {LONGEST_TEXT} characters, which is what a cell holds"
                raise InputError("workbook", [Fault("too_long", place, f"{len(value)} characters", expected)])
            self._page.write_string(number, column, value, self._formats.of("text", example=example))
        elif isinstance(value, Clock):
            style = "night" if value.minutes == 24 * 60 else "clock"
            self._page.write_number(
                number, column, value.minutes / 1440, self._formats.of(style, example=example)
            )
        elif isinstance(value, date):
            self._page.write_datetime(number, column, value, self._formats.of("date", example=example))
        elif value is not None:
            self._page.write_number(number, column, value, self._formats.of("number", example=example))

    def _choices(self, last: int) -> None:
        for column, (field, part) in enumerate(self._columns):
            source: Any = list(field.kind.choices)
            if field.refers:
                source = _codes(field.refers[0])
            if part == 0 and source and (isinstance(source, str) or len(",".join(source)) < 250):
                kind = "information" if field.refers else "warning"
                told = (
                    "It is not among what is known." if field.refers else f"Expected {field.kind.expected}."
                )
                rule = {"validate": "list", "source": source, "error_type": kind, "error_message": told[:250]}
                self._page.data_validation(1, column, last, column, rule)

    def _shape(self) -> None:
        for column, (field, part) in enumerate(self._columns):
            most = _WIDE if self._sheet.tables else _WIDEST
            width = min(max(self._widths[column], _NARROW), most)
            style = field.kind.styles[part] if part < len(field.kind.styles) else "text"
            self._page.set_column(column, column, width, self._formats.of(style))
        self._page.set_row(0, 32)
        self._page.freeze_panes(1, 1)
        print_setup(self._page)


def print_setup(page: Any) -> None:
    """Let a sheet print on A4 across, as many pages long as it needs, with its heading on each."""
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.hide_gridlines(0)
    page.set_footer("&L&A&RPage &P of &N")


def comment(field: Field) -> str:
    """Return what is said of a heading."""
    needed = "It has to be filled in." if field.needed else ""
    expected = f"Expected: {field.kind.expected}."
    from_ = f"See the sheet {' or '.join(field.refers)}." if field.refers else ""
    return " ".join(part for part in (field.about, expected, from_, needed) if part)


def _codes(title: str) -> str:
    """Return where the codes of a sheet are, for a list to choose from."""
    sheet = next(each for each in sheets() if each.title == title)
    columns = [field.name for field in sheet.fields for _ in field.headings]
    letter = chr(ord("A") + columns.index("id"))
    return f"='{title}'!${letter}$2:${letter}$5000"


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Any] = getattr(book, "safeschedule_formats", {})
        book.safeschedule_formats = self._made

    def heading(self, needed: bool) -> Any:
        """Return the format of a heading."""
        colour = _COLOURS["needed" if needed else "free"]
        look = {"bold": True, "bg_color": colour, "bottom": 1, "text_wrap": True, "valign": "top"}
        return self._get(("heading", needed), look)

    def of(self, style: str, *, example: bool = False) -> Any:
        """Return the format of a cell."""
        shown = {"text": "@", "date": "yyyy-mm-dd", "clock": "hh:mm", "night": "[hh]:mm"}.get(
            style, "General"
        )
        look: dict[str, Any] = {"num_format": shown, "valign": "top", "align": "left"}
        if example:
            look |= {"italic": True, "font_color": "#7F7F7F", "bg_color": _COLOURS["example"]}
        return self._get((style, example), look)

    def _get(self, key: tuple[str, bool], look: dict[str, Any]) -> Any:
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]
