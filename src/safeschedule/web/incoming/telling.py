"""What is said of papers: faults of one kind together, each with its cells and the ways to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeschedule import Fault
from safeschedule.exchange.workbook import WorkbookReading
from safeschedule.exchange.workbook.edits import CellEdit, Mend
from safeschedule.exchange.workbook.found import Located, Note
from safeschedule.exchange.workbook.grids.grid import letters
from safeschedule.folding import ranges
from safeschedule.web.incoming.sorting import sheet_of

MOST_VALUES = 25
"""Different values of one kind of fault that are listed; the rest is a number."""

_TITLES = {
    "standing_outside_windows": "A usual time at which the client cannot come",
    "usual_times_elsewhere": "A usual time at which the clinician is not there",
    "usual_times_overlap": "At two places at once",
    "usual_times_share_a_room": "More sessions than rooms",
    "alike_in_case": "Two codes that differ in case only",
    "exempt": "A cover who may not cover",
    "site_without_rooms": "A site without rooms",
    "supervisor_absent": "Nobody to supervise",
}


@dataclass(frozen=True)
class ValueOfFault:
    """A value that is wrong in the same way in some cells.

    Parameters
    ----------
    value
        What the cells say.
    where
        The rows, in words.
    rows
        How many.
    of
        The entry, where it is one.
    mends
        Ways to mend it.
    instead
        Edits that let the cells say something else, which somebody types.
    """

    value: str
    where: str
    rows: int
    of: str
    mends: tuple[Mend, ...]
    instead: tuple[CellEdit, ...]


@dataclass(frozen=True)
class KindOfFault:
    """Faults of one column that expect the same.

    Parameters
    ----------
    sheet, column
        Where they are; the column with its letters.
    expected
        What would have been right.
    code
        Of the faults.
    rows
        How many there are.
    values
        Each different value once.
    left
        How many different values are not listed.
    mends
        Ways to mend all of them at once.
    lacking
        The sheet on which codes are missing that these cells name; empty: no such sheet.
    """

    sheet: str
    column: str
    expected: str
    code: str
    rows: int
    values: tuple[ValueOfFault, ...]
    left: int
    mends: tuple[Mend, ...]
    lacking: str


@dataclass(frozen=True)
class Reading:
    """Cells of one column that were read in another way than they say.

    Parameters
    ----------
    sheet, column, where
        The cells.
    found, meant
        What they say, and what they were read as.
    """

    sheet: str
    column: str
    where: str
    found: str
    meant: str


@dataclass(frozen=True)
class Contradiction:
    """Something that is hardly meant.

    Parameters
    ----------
    title
        What it is, in a few words.
    fault
        The warning.
    mends
        Ways out.
    """

    title: str
    fault: Fault
    mends: tuple[Mend, ...]


def kinds_of_faults(faults: Sequence[Located]) -> list[KindOfFault]:
    """Return faults by column and by what they expect, in the order of the sheets."""
    heap: dict[tuple[str, int, str, str, str], list[Located]] = {}
    for each in faults:
        spot = each.spot
        key = (spot.sheet, spot.column, spot.heading, each.fault.code, each.fault.expected)
        heap.setdefault(key, []).append(each)
    found = []
    for (sheet, column, heading, code, expected), own in heap.items():
        by_value: dict[str, list[Located]] = {}
        for each in own:
            by_value.setdefault(each.fault.value, []).append(each)
        shared = [mend for mend in own[0].mends if all(mend in each.mends for each in own)]
        values = [_value(value, some, shared) for value, some in by_value.items()]
        name = f"{heading} ({letters(column)})" if column else heading
        found.append(
            KindOfFault(
                *(sheet, name, expected, code, len(own)),
                *(tuple(values[:MOST_VALUES]), max(0, len(values) - MOST_VALUES), tuple(shared)),
                _lacking(sheet, heading) if code == "unknown_reference" else "",
            )
        )
    return found


def _lacking(title: str, heading: str) -> str:
    sheet = sheet_of(title)
    field = next((f for f in sheet.fields if heading in f.headings), None) if sheet is not None else None
    return "" if field is None else next(iter(field.refers), "")


def _value(value: str, some: Sequence[Located], shared: Sequence[Mend]) -> ValueOfFault:
    rows = sorted({each.spot.row for each in some if each.spot.row})
    spot = some[0].spot
    mends = tuple(mend for mend in some[0].mends if mend not in shared)
    edits: tuple[CellEdit, ...] = ()
    if spot.column and rows:
        said = next((e.found for mend in mends for e in mend.edits if e.heading == spot.heading), "")
        edits = (
            (CellEdit(spot.sheet, spot.heading, said, ""),)
            if said and not any(e.row for mend in mends for e in mend.edits)
            else tuple(CellEdit(spot.sheet, spot.heading, "", "", row) for row in rows)
        )
    elif spot.heading and not spot.row:
        edits = (CellEdit(spot.sheet, spot.heading, "", ""),)
    where = f"{'row' if len(rows) == 1 else 'rows'} {ranges(rows)}" if rows else ""
    return ValueOfFault(value, where, len(some), some[0].fault.of if len(some) == 1 else "", mends, edits)


def readings(notes: Sequence[Note]) -> dict[str, list[Reading]]:
    """Return by sheet what was read in another way than it says: alike cells of a column together."""
    heap: dict[tuple[str, int, str, str, str], list[int]] = {}
    for note in notes:
        spot = note.spot
        heap.setdefault((spot.sheet, spot.column, spot.heading, note.found, note.meant), []).append(spot.row)
    found: dict[str, list[Reading]] = {}
    for (sheet, column, heading, said, meant), rows in heap.items():
        name = f"{heading} ({letters(column)})" if column else heading
        found.setdefault(sheet, []).append(Reading(sheet, name, ranges(rows), said, meant))
    return found


def contradictions(reading: WorkbookReading, more: Sequence[Fault]) -> list[Contradiction]:
    """Return what is hardly meant, with ways out."""
    found = [Contradiction(_title(each.fault), each.fault, each.mends) for each in reading.warnings]
    return [*found, *(Contradiction(_title(fault), fault, ()) for fault in more)]


def _title(fault: Fault) -> str:
    return _TITLES.get(fault.code, fault.code.replace("_", " ").capitalize())


def edits_together(edits: Sequence[CellEdit]) -> list[tuple[CellEdit, str, int]]:
    """Return edits that put the same into a column, with their rows in words, and how many they are."""
    heap: dict[CellEdit, list[int]] = {}
    for each in edits:
        heap.setdefault(replace(each, row=0), []).append(each.row)
    return [
        (each, f"rows {ranges(sorted(set(rows) - {0}))}" if any(rows) else "", len(rows))
        for each, rows in heap.items()
    ]
