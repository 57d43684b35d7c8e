"""Numbers and yes or no: 0,8, 80 %, "50 min", x; a comma that could part thousands is refused."""

from __future__ import annotations

import re
from typing import Any

from safeschedule.exchange.workbook.meaning.meant import Meant, UnreadError

_NUMBER = re.compile(r"([+-]?)(\d*)(?:([.,])(\d+))?\s*(%?)")
_UNITS = re.compile(r"\s*(min|mins|minutes|minute|pts|points|wks?|weeks?|x)\.?$", re.IGNORECASE)
_YES = {"yes", "y", "true", "x", "1", "✓", "✔", "ja", "oui"}
_NO = {"no", "n", "false", "0", "-", "nein", "non"}


def read_whole(value: Any) -> Meant:
    """Return the whole number that a cell means.

    Raises
    ------
    UnreadError
        It is none.
    """
    found = _number(value, "a whole number")
    if isinstance(found.value, float) and found.value != int(found.value):
        raise UnreadError("a whole number")
    return Meant(int(found.value), found.literal)


def read_decimal(value: Any, *, percent: bool) -> Meant:
    """Return the number that a cell means.

    Parameters
    ----------
    percent
        Whether the heading says that it is in percent.

    Raises
    ------
    UnreadError
        It is none.
    """
    found = _number(value, "a number such as 0.8")
    if percent and not (isinstance(value, str) and "%" in value):
        return Meant(_tidy(found.value / 100), literal=False)
    return Meant(_tidy(found.value), found.literal)


def _tidy(value: float) -> int | float:
    """Return a number without the noise of binary fractions, as a whole one where it is."""
    value = float(f"{value:.12g}")
    return int(value) if value == int(value) else value


def _number(value: Any, expected: str) -> Meant:
    if isinstance(value, bool):
        raise UnreadError(expected, "wrong_type")
    if isinstance(value, int | float):
        if abs(value) > 1e15:
            raise UnreadError(expected)
        return Meant(value)
    if not isinstance(value, str):
        raise UnreadError(expected, "wrong_type")
    match = _NUMBER.fullmatch(_UNITS.sub("", value.strip()))
    if match is None or not (match[2] or match[4]):
        raise UnreadError(expected, "wrong_type")
    if match[3] == "," and len(match[4]) == 3 and match[2].lstrip("0"):
        raise UnreadError(f"{expected}; the comma could part thousands, or be a decimal comma", "ambiguous")
    number = float(f"{match[1]}{match[2] or 0}.{match[4] or 0}")
    if abs(number) > 1e15:
        raise UnreadError(expected)
    return Meant(number / 100 if match[5] else _tidy(number), literal=False)


def read_truth(value: Any) -> Meant:
    """Return whether a cell says yes.

    Raises
    ------
    UnreadError
        It says neither yes nor no.
    """
    if isinstance(value, bool):
        return Meant(value)
    word = (
        str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip().casefold()
    )
    if word in _YES or word in _NO:
        return Meant(word in _YES, literal=word in ("yes", "no"))
    raise UnreadError("yes or no", "wrong_type")
