"""Clinicians by days, one day by clinicians, or rooms by days: a table with lanes of time in its cells."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from safeschedule import Problem, Schedule, Verification
from safeschedule.reports.grid import DayColumn, Entry, columns, room_columns
from safeschedule.reports.load import load
from safeschedule.reports.marks import marked
from safeschedule.reports.view import Axis, axis_of, days_shown
from safeschedule.web.live.acting import pinned_ids

VIEWS = ("clinicians", "day", "rooms")
UNIT = 5
"""Minutes of one row of a cell's grid; every grid of a problem is a multiple of it."""


@dataclass(frozen=True)
class BoardItem:
    """One thing in a cell.

    Parameters
    ----------
    entry
        What it is, and its text.
    row, rows
        Where it begins in the cell's grid, and how long it is.
    lane, lanes
        Its part of the cell's width.
    pinned
        Whether it stays where it is.
    """

    entry: Entry
    row: int
    rows: int
    lane: int
    lanes: int
    pinned: bool = False

    @property
    def movable(self) -> bool:
        """Whether it can be taken into the hand."""
        return "session" in self.entry.look and self.entry.id is not None


@dataclass(frozen=True)
class BoardCell:
    """One cell of the table.

    Parameters
    ----------
    code
        The clinician's or the room's.
    day, number
        The date, and its number from the first that is shown.
    items, off
        What is in it, and what lies outside working hours.
    breaks
        Numbers of findings about the whole date.
    """

    code: str
    day: date
    number: int
    items: tuple[BoardItem, ...]
    off: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...]


@dataclass(frozen=True)
class BoardRow:
    """One row of the table: whose it is, a few words about it, and its cells."""

    code: str
    about: str
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True)
class WeekBoard:
    """The table.

    Parameters
    ----------
    view
        One of `VIEWS`.
    days
        The dates that are shown.
    heads
        Of the columns: a code or date, and what is written.
    rows
        In the order of the problem.
    first, last
        Minutes of the day between which time is shown.
    hours
        Rows of the cell's grid on which an hour begins, and its text.
    """

    view: str
    days: tuple[date, ...]
    day: date
    heads: tuple[tuple[str, int, str], ...]
    rows: tuple[BoardRow, ...]
    first: int
    last: int
    hours: tuple[tuple[int, str], ...]

    @property
    def units(self) -> int:
        """Rows of a cell's grid."""
        return (self.last - self.first) // UNIT


def board_of(
    problem: Problem,
    schedule: Schedule,
    account: Verification,
    view: str = "clinicians",
    day: date | None = None,
) -> WeekBoard:
    """Return the table of a week.

    Parameters
    ----------
    account
        What the verifier says: what is broken is marked where it happens.
    view
        One of `VIEWS`.
    day
        The date of the view of one day.
    """
    hard = [finding for finding in account.findings if finding.hard]
    people = marked(columns(problem, schedule), hard).table
    closed = [day for day in problem.closed_dates if 0 <= (day - problem.week_start).days < 7]
    days = days_shown(people.values(), closed, problem.week_start)
    table = marked(room_columns(problem, schedule), hard).table if view == "rooms" else people
    axis = axis_of(people.values(), days)
    pins = pinned_ids(problem, schedule)
    shown = day if day in days else days[0]
    about = _rooms_about(problem) if view == "rooms" else _people_about(problem, schedule)
    if view == "day":
        heads = tuple((code, 0, f"{code}\n{about[code]}") for code in about)
        cells = tuple(_cell(table[code, shown], days.index(shown), axis, pins) for code in about)
        rows: tuple[BoardRow, ...] = (BoardRow(f"{shown:%A}", f"{shown:%-d %B}", cells),)
    else:
        heads = tuple((day.isoformat(), number, f"{day:%a}\n{day:%-d %b}") for number, day in enumerate(days))
        rows = tuple(
            BoardRow(code, told, tuple(_cell(table[code, d], n, axis, pins) for n, d in enumerate(days)))
            for code, told in about.items()
        )
    hours = tuple(((m - axis.first) // UNIT, f"{m // 60:02d}") for m in range(axis.first, axis.last, 60))
    return WeekBoard(view, tuple(days), shown, heads, rows, axis.first, axis.last, hours)


def _cell(column: DayColumn, number: int, axis: Axis, pins: AbstractSet[str | None]) -> BoardCell:
    items = tuple(
        BoardItem(
            entry=_plain(entry),
            row=max(0, (entry.start - axis.first) // UNIT),
            rows=max(1, _within(entry, axis) // UNIT),
            lane=entry.lane,
            lanes=entry.lanes,
            pinned=entry.id in pins,
        )
        for entry in column.items
        if entry.start < axis.last and entry.start + entry.minutes > axis.first
    )
    off = tuple(_off(column, axis))
    return BoardCell(column.code, column.day, number, items, off, column.breaks)


def _within(entry: Entry, axis: Axis) -> int:
    return min(entry.start + entry.minutes, axis.last) - max(entry.start, axis.first)


def _plain(entry: Entry) -> Entry:
    return replace(entry, label=entry.label.replace("_", " "))


def _off(column: DayColumn, axis: Axis) -> list[tuple[int, int]]:
    spans = []
    for start, minutes in column.off:
        begin, end = max(start, axis.first), min(start + minutes, axis.last)
        if end > begin:
            spans.append(((begin - axis.first) // UNIT, (end - begin) // UNIT))
    return spans


def _people_about(problem: Problem, schedule: Schedule) -> Mapping[str, str]:
    found = {}
    for row in load(problem, schedule):
        number = sum(row.clinician in a.clinicians for a in schedule.appointments)
        points = f"{row.points.normalize():f} of {row.cap.normalize():f} points"
        found[row.clinician] = f"{number} session{'' if number == 1 else 's'}, {points}"
    return found


def _rooms_about(problem: Problem) -> Mapping[str, str]:
    return {
        room.id: ", ".join(filter(None, (room.kind.replace("_", " "), room.site))) for room in problem.rooms
    }


def lanes_css() -> str:
    """Return the style sheet that puts items into place: the page's policy allows no style in elements."""
    most = 24 * 60 // UNIT
    lines = [f".r{n}{{grid-row-start:{n + 1}}}" for n in range(most)]
    lines += [f".h{n}{{grid-row-end:span {n}}}" for n in range(1, most + 1)]
    lines += [f".g{n}{{grid-template-rows:repeat({n},var(--u))}}" for n in range(12, most + 1, 12)]
    for lanes in range(1, 13):
        wide = 12 // lanes
        lines += [f".l{n}-{lanes}{{grid-column:{n * wide + 1}/span {wide}}}" for n in range(lanes)]
    return "\n".join(lines)
