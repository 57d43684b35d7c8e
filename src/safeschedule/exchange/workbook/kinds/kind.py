"""What a kind of value is in cells: how it is written, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from safeschedule.exchange.workbook.meaning import Habits


@dataclass(frozen=True)
class Clock:
    """A time of day that is written as one, in minutes since midnight."""

    minutes: int


Out = str | int | float | date | Clock | None
"""What is written into a cell; nothing for ``None``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was found.

    Parameters
    ----------
    value
        Its value as the program that wrote it meant it; ``None``: blank.
    style
        How a number is shown, in the manner of spreadsheets.
    wrong
        What makes it unreadable, whatever it should hold: an error value, a formula without a result.
    """

    value: Any = None
    style: str = "General"
    wrong: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not self.wrong and (
            self.value is None or (isinstance(self.value, str) and not self.value.strip())
        )


@dataclass
class Around:
    """What the reading of a cell knows beside it.

    Parameters
    ----------
    habits
        The workbook's ways of writing.
    codes
        The codes on the sheet to which the column refers.
    percent
        Whether the heading says percent.
    told
        Takes what was read in another way than it says: which of the cells, and as what.
    """

    habits: Habits = field(default_factory=Habits)
    codes: Callable[[], frozenset[str]] = frozenset
    percent: bool = False
    told: list[tuple[int, str]] = field(default_factory=list)


class CellKind(Protocol):
    """A kind of value.

    Parameters
    ----------
    headings
        What follows the field's heading in each of its columns; mostly one, with nothing.
    expected
        What goes in, in words.
    styles
        For each column: ``text``, ``number``, ``date``, ``clock``, or ``list``, which is text as well.
    choices
        The words that can be chosen, where they are few.
    """

    @property
    def headings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def expected(self) -> str: ...  # noqa: D102
    @property
    def styles(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def choices(self) -> tuple[str, ...]: ...  # noqa: D102

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the cells of a value as plain data."""
        ...

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the value of cells of which one at least is not blank.

        Raises
        ------
        UnreadError
            They cannot be read, or could mean two things.
        """
        ...
