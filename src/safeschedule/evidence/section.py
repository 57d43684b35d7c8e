"""One question of the pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from safeschedule.returned import Returned

NOTHING = "Nothing was written down in this period."


@dataclass(frozen=True)
class EvidenceSection(Returned):
    """A question, a sentence that answers it, and the table behind that.

    Parameters
    ----------
    name
        A word for files.
    title
        The question.
    answer
        In a sentence or two.
    columns, rows
        The table: what each column holds, and the cells of each row.
    """

    name: str
    title: str
    answer: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Figure(str):
    """A number or a date in a cell: it is nobody's code, and is not masked."""

    __slots__ = ()


def _cell(cell: object) -> str:
    if isinstance(cell, int | date | Decimal):
        return Figure(cell)
    return "" if cell is None else str(cell)


def section(
    name: str, title: str, answer: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> EvidenceSection:
    """Return a section; one without rows says that nothing was written down."""
    cells = tuple(tuple(map(_cell, row)) for row in rows)
    return EvidenceSection(name, title, answer if cells else NOTHING, tuple(columns), cells)
