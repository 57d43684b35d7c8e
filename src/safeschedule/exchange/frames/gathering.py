"""What is gathered from frames: a problem in plain data, the row of everything, and faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from safeschedule.errors import Fault
from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.kinds import UnlikeError
from safeschedule.exchange.frames.layout import FrameColumn, FrameTable
from safeschedule.problem.showing import show


@dataclass(frozen=True)
class FrameRow:
    """The row of a frame from which an entry comes."""

    table: FrameTable
    row: int


@dataclass
class FrameReading:
    """What was gathered so far.

    Parameters
    ----------
    data
        The problem as plain data.
    origins
        The row of each entry, by its path.
    faults
        What could not be read.
    told
        The paths of what lacks in the data because of them.
    numbers
        Of frames whose rows have no codes: the numbers by which others name them.
    """

    data: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, FrameRow] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    numbers: dict[str, list[Any]] = field(default_factory=dict)

    def fault(self, code: str, place: str, value: str, expected: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, place, value, expected))


def place_of(table: FrameTable, row: int, column: str = "") -> str:
    """Return how a cell is named, such as ``clients, row 14, band``; rows count from 0, as frames count."""
    return f"{table.name}, row {row}" + (f", {column}" if column else "")


def read_cell(
    got: FrameReading, table: FrameTable, columns: Columns, row: int, column: FrameColumn, path: str
) -> tuple[bool, Any]:
    """Return whether a column says something in a row, and what; what it cannot be is noted as a fault."""
    if column.name not in columns:
        if column.needed:
            got.told.add(path)
        return False, None
    value = columns[column.name][row]
    if value is None:
        return False, None
    try:
        return True, column.kind.read(value)
    except UnlikeError as error:
        shown = show(value) if isinstance(value, str | int | float) else show(str(value))
        got.fault("wrong_type", place_of(table, row, column.name), shown, str(error))
        got.told.add(path)
        return False, None


def owner_of(got: FrameReading, table: FrameTable, columns: Columns, row: int) -> Any:
    """Return whose a row is; ``None``, and a fault, where it does not say."""
    if table.owner.name not in columns:
        return None
    before = len(got.faults)
    there, owner = read_cell(got, table, columns, row, table.owner, "")
    if not there and len(got.faults) == before:
        got.fault("missing_field", place_of(table, row, table.owner.name), "", "whose row it is")
    return owner if there else None


def length(columns: Columns) -> int:
    """Return how many rows there are."""
    return max(map(len, columns.values()), default=0)


def read_entry(got: FrameReading, table: FrameTable, columns: Columns, row: int, path: str) -> Any:
    """Return the entry of a row."""
    entry: dict[str, Any] = {}
    for column in table.columns:
        if not column.field:
            continue
        whole = f"{path}.{column.field}".lstrip(".")
        there, value = read_cell(got, table, columns, row, column, whole)
        if there:
            *inner, last = column.field.split(".")
            holder = entry
            for part in inner:
                holder = holder.setdefault(part, {})
            holder[last] = value
    return entry
