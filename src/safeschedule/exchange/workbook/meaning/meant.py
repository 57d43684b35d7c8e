"""What a cell is taken for, and whether that is what it literally says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Meant:
    """The value of a cell as plain data, as JSON has it.

    Parameters
    ----------
    value
        The value.
    literal
        Whether the cell says just this; what does not is told.
    """

    value: Any
    literal: bool = True


@dataclass(frozen=True)
class Habits:
    """What a workbook says of its own ways of writing.

    Parameters
    ----------
    order
        ``dmy`` or ``mdy``: how its dates are written; ``None``: it does not say, and 08/10 is refused.
    afternoons
        Whether hours from 1 to 6 without am or pm are of the afternoon; ``None``: it does not say, and
        a 2 is refused.
    near
        The date to which dates without a year are nearest, as ISO text.
    """

    order: str | None = None
    afternoons: bool | None = None
    near: str = "2026-10-05"


class UnreadError(Exception):
    """A cell cannot be read, or could mean two things.

    Parameters
    ----------
    expected
        What would have been right.
    code
        That of the fault.
    part
        Which of several cells of one value.
    """

    def __init__(self, expected: str, code: str = "bad_value", part: int = 0) -> None:
        self.expected, self.code, self.part = expected, code, part
        super().__init__(expected)
