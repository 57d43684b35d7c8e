"""One question of the pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def section(
    name: str, title: str, answer: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> EvidenceSection:
    """Return a section; one without rows says that nothing was written down."""
    cells = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
    return EvidenceSection(name, title, answer if cells else NOTHING, tuple(columns), cells)
