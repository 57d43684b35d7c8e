"""The rows of a workbook as a problem in plain data, with the cell of everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from safeschedule.errors import Fault
from safeschedule.exchange.workbook.flattening import EXAMPLE
from safeschedule.exchange.workbook.found import Located, Note, Spot
from safeschedule.exchange.workbook.grids import Grid
from safeschedule.exchange.workbook.headings import SheetColumns
from safeschedule.exchange.workbook.kinds.kind import Around, Cell, CellKind
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet
from safeschedule.exchange.workbook.meaning import Habits, UnreadError
from safeschedule.problem.showing import show


@dataclass(frozen=True)
class Use:
    """A sheet of the layout as it is in a file."""

    sheet: Sheet
    grid: Grid
    columns: SheetColumns

    def spot(self, row: int, own: Field | None = None, part: int = 0) -> Spot:
        """Return a cell of a row, or the row."""
        if own is None:
            return Spot(self.grid.title, row)
        column = self.columns.column(own, part)
        return Spot(self.grid.title, row, column, own.headings[part])

    def field(self, name: str, *, beside: bool = False) -> Field | None:
        """Return a field of the sheet."""
        return next((own for own in self.sheet.fields if (own.name, own.beside) == (name, beside)), None)


@dataclass(frozen=True)
class Origin:
    """Where an entry of the problem comes from.

    Parameters
    ----------
    use, row
        The row of a sheet.
    beside
        Whether it is a request that is asked for in a client's row.
    field
        The field, where the entry is a single cell.
    """

    use: Use
    row: int
    beside: bool = False
    field: str = ""


@dataclass
class Gathered:
    """What was gathered so far.

    Parameters
    ----------
    data
        The problem as plain data.
    origins
        The row of each entry, by its path.
    faults, notes
        What could not be read, and what was read in another way than it says.
    aside
        What was not read at all, in sentences.
    """

    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    faults: list[Located] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    codes: dict[str, frozenset[str]] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)

    def fault(self, code: str, spot: Spot, value: str, expected: str, path: str = "") -> None:
        """Note a fault of a cell."""
        self.faults.append(Located(Fault(code, str(spot), value, expected), spot, path))

    def known(self, titles: Sequence[str]) -> frozenset[str]:
        """Return the codes of some sheets."""
        return frozenset().union(*(self.codes.get(title, frozenset()) for title in titles))


def data_rows(use: Use) -> Iterator[int]:
    """Yield the numbers of the rows of a sheet that say something: no blank ones, and no example."""
    columns = sorted(use.columns.of.values())
    for number in use.grid.rows:
        if number <= use.columns.row or all(use.grid.cell(number, column).blank for column in columns):
            continue
        first = next(cell.value for cell in use.grid.rows[number] if not cell.blank)
        if number == use.columns.row + 1 and isinstance(first, str) and first.startswith(EXAMPLE):
            continue
        yield number


def read_field(
    got: Gathered, use: Use, row: int, own: Field, path: str, kind: CellKind | None = None
) -> tuple[bool, Any]:
    """Return whether a field says something in a row, and what.

    What cannot be read is noted as a fault, and says nothing.
    """
    kind = kind or own.kind
    cells = [_cell(got, use, row, own, part) for part in range(len(own.headings))]
    if all(cell.blank for cell in cells):
        return False, None
    for part, cell in enumerate(cells):
        if cell.wrong:
            got.fault("bad_value", use.spot(row, own, part), cell.wrong, kind.expected, path)
            return False, None
    percent = (own.name, own.beside) in use.columns.percent
    around = Around(got.habits, lambda: got.known(own.refers), percent)
    try:
        value = kind.read(cells, around)
    except UnreadError as error:
        spot = use.spot(row, own, error.part)
        if not spot.column:
            spot = use.spot(row, own)
        shown = shown_cell(cells[error.part])
        got.fault(error.code, spot, shown, error.expected, path)
        return False, None
    for part, meant in around.told:
        got.notes.append(Note(use.spot(row, own, part), shown_cell(cells[part]), meant))
    return True, value


def shown_cell(cell: Cell) -> str:
    """Return what a cell says, for people."""
    value = cell.value
    return "" if value is None else show(value if isinstance(value, str | int | float) else str(value))


def _cell(got: Gathered, use: Use, row: int, own: Field, part: int) -> Cell:
    column = use.columns.column(own, part)
    if not column:
        return Cell()
    cell = use.grid.cell(row, column)
    first = use.grid.merged.get((row, column))
    if cell.blank and first is not None and first > use.columns.row:
        cell = use.grid.cell(first, column)
        if not cell.blank:
            told = f"{shown_cell(cell)} of row {first}, with which it is merged"
            got.notes.append(Note(use.spot(row, own, part), "an empty cell", told))
    return cell
