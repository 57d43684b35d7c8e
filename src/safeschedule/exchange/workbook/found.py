"""What is found in a workbook beside its problem: faults and interpretations, with their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.errors import Fault
from safeschedule.exchange.workbook.edits import Mend
from safeschedule.exchange.workbook.grids.grid import letters
from safeschedule.folding import ranges


@dataclass(frozen=True)
class Spot:
    """A cell, a row or a sheet of a workbook.

    Parameters
    ----------
    sheet
        The sheet's name in the file.
    row, column
        Numbers from 1; 0 where the whole is meant.
    heading
        The column's.
    """

    sheet: str
    row: int = 0
    column: int = 0
    heading: str = ""

    def __str__(self) -> str:
        row = f" row {self.row}" if self.row else ""
        column = f" {self.heading} ({letters(self.column)})" if self.column else f" {self.heading}".rstrip()
        return f"{self.sheet}{row}{column}"


@dataclass(frozen=True)
class Located:
    """A fault with its cell.

    Parameters
    ----------
    fault
        The fault, whose place tells the cell.
    spot
        The cell.
    path
        Where in the problem it is.
    others
        Other cells of which it speaks.
    mends
        Ways to mend it.
    """

    fault: Fault
    spot: Spot
    path: str = ""
    others: tuple[Spot, ...] = ()
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True)
class Note:
    """A cell that was read in another way than it says.

    Parameters
    ----------
    spot
        The cell.
    found
        What it says.
    meant
        What it was read as.
    """

    spot: Spot
    found: str
    meant: str


def note_lines(notes: Sequence[Note]) -> list[str]:
    """Return what was interpreted in lines: cells of one column that say the same together."""
    together: dict[tuple[str, int, str, str, str], list[int]] = {}
    for note in notes:
        spot = note.spot
        key = (spot.sheet, spot.column, spot.heading, note.found, note.meant)
        together.setdefault(key, []).append(spot.row)
    found = []
    for (sheet, column, heading, said, meant), rows in together.items():
        word = "row" if len(rows) == 1 else "rows"
        place = Spot(sheet, 0, column, heading)
        found.append(
            f"{sheet} {word} {ranges(rows)}{str(place).removeprefix(sheet)}: {said} is read as {meant}"
        )
    return found
