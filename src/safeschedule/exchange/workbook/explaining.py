"""The sheet that explains a workbook to whoever fills it in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from safeschedule.exchange.workbook.layout.declared import README, WEEK
from safeschedule.exchange.workbook.layout.sheets import Sheet
from safeschedule.exchange.workbook.page import print_setup

WORDS = (
    "This workbook holds one week to plan: the team, its clients, what is asked for, and the rules.",
    "Codes only: no names of clients or colleagues are needed anywhere.",
    f"Begin with the sheet {WEEK}, then Team, Hours, Session types, Clients and Requests. "
    "The rest may stay empty.",
    "Headings in the darker colour have to be filled in. A heading's comment says what goes in.",
    "The grey row of examples (e.g.) is not read. Blank rows are skipped. Rows and sheets are in any order.",
    "Several codes go into one cell with commas between: emdr, cbt. So do times of the week: "
    "mon 09:00-12:00, thu 14:00-17:00.",
    "Dates may be real dates or text (2026-10-05, 5 Oct 2026, 17/09/26). "
    "Times may be 09:30, 9.30, 9am or 14:00.",
    f"08/10 could be two dates: the sheet {WEEK} says how dates are written, or such cells are refused. "
    "So are hours from 1 to 6 without am or pm.",
    "What is read in another way than it is written is listed. Nothing is guessed silently.",
    "Columns and sheets that are not known are named and left alone.",
    "To check the workbook, with faults as comments of its cells: "
    "safeschedule import xlsx TEAM.xlsx -o problem.json --marked FAULTS.xlsx",
)

WIDTHS = (20, 24, 62, 52)
"""Of the columns, in characters; rows are as high as their text needs."""


def write(book: Any, sheets: Sequence[Sheet]) -> None:
    """Write the sheet into a workbook."""
    page = book.add_worksheet(README)
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "num_format": "@", "bottom": 1})
    title = book.add_format({"bold": True, "font_size": 14, "num_format": "@"})
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width, text)
    page.write_string(0, 0, "How this workbook is filled in", title)
    row = 1
    for line in WORDS:
        page.merge_range(row, 0, row, 3, "", text)
        page.write_string(row, 0, line, text)
        row += 1
    row += 1
    for column, heading in enumerate(("Sheet", "Column", "What it says", "What goes in")):
        page.write_string(row, column, heading, bold)
    for sheet in sheets:
        row += 1
        page.write_string(row, 0, sheet.title, bold)
        page.merge_range(row, 1, row, 3, "", text)
        page.write_string(row, 1, sheet.plan.about, text)
        for field in sheet.fields if sheet.tables else ():
            row += 1
            told = (
                " / ".join(field.headings),
                field.about,
                field.kind.expected + (" (needed)" if field.needed else ""),
            )
            for column, words in enumerate(told, start=1):
                page.write_string(row, column, words, text)
            longest = max(
                math.ceil(len(words) * 1.1 / WIDTHS[column]) for column, words in enumerate(told, 1)
            )
            page.set_row(row, 15 * max(longest, 1))
    print_setup(page)
