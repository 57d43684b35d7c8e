"""Papers that somebody brings: a workbook, tables from elsewhere, rows typed in, calendars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from safeschedule.exchange.foreign_table import ForeignTable
from safeschedule.exchange.workbook.edits import CellEdit

WORKBOOK, TABLE, ROWS, CALENDAR = "workbook", "table", "rows", "calendar"
"""The kinds of papers."""


@dataclass(frozen=True)
class Paper:
    """One paper.

    Parameters
    ----------
    number, kind, name
        Which one, what it is, and what whoever brought it calls it.
    body
        What is known of it: of a table its cells, its sheet and how it becomes rows; of rows the same without
        a table; of a calendar whose it is.
    data
        The file, of a workbook and of a calendar.
    """

    number: int
    kind: str
    name: str
    body: Mapping[str, Any]
    data: bytes = b""

    @property
    def target(self) -> str:
        """The sheet into which it goes."""
        return str(self.body.get("target", ""))

    @property
    def understood(self) -> bool:
        """Whether somebody has looked over how it is understood."""
        if self.kind == TABLE:
            return "columns" in self.body
        return self.kind != CALENDAR or bool(self.body.get("who"))


@dataclass(frozen=True)
class Bringing:
    """Papers on their way to a week.

    Parameters
    ----------
    code, made_by, made_at
        Which, whose, and since when.
    week
        What the papers do not say of the week: settings of the sheet Week, by their names.
    edits
        Cells that are to say something else.
    papers
        In the order in which they came.
    """

    code: str
    made_by: str
    made_at: str
    week: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[CellEdit, ...] = ()
    papers: tuple[Paper, ...] = ()

    def paper(self, number: int) -> Paper | None:
        """Return a paper by its number."""
        return next((each for each in self.papers if each.number == number), None)

    def of(self, kind: str) -> tuple[Paper, ...]:
        """Return the papers of a kind."""
        return tuple(each for each in self.papers if each.kind == kind)


def table_as_plain(table: ForeignTable) -> dict[str, Any]:
    """Return a table as plain data."""
    return {
        "name": table.name,
        "headings": list(table.headings),
        "rows": [[number, [_plain(cell) for cell in cells]] for number, cells in table.rows],
        "notes": list(table.notes),
    }


def table_of(body: Mapping[str, Any]) -> ForeignTable:
    """Return the table of plain data."""
    given = body["table"]
    return ForeignTable(
        given["name"],
        tuple(given["headings"]),
        tuple((number, tuple(_cell(cell) for cell in cells)) for number, cells in given["rows"]),
        tuple(given["notes"]),
    )


def _plain(cell: Any) -> Any:
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    for name, kind in (("moment", datetime), ("date", date), ("time", time)):
        if isinstance(cell, kind):
            return {name: cell.isoformat()}
    return cell


def _cell(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    ((name, value),) = plain.items()
    if name == "seconds":
        return timedelta(seconds=value)
    kinds = {"moment": datetime, "date": date, "time": time}
    return kinds[name].fromisoformat(value)  # type: ignore[attr-defined]
