"""From the text of a cell to its value; every refusal says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from safeschedule.problem.clock import parse_day, parse_moment
from safeschedule.problem.entity import check_code


def code(text: str) -> str:
    """Return an id: up to 80 characters that can be seen."""
    return _seen(text, 80, "code")


def title(text: str) -> str:
    """Return a description that becomes a code; room is left for what is put after it."""
    return _seen(text, 60, "description")


def _seen(text: str, most: int, what: str) -> str:
    if len(text) > most or "\n" in text:
        raise ValueError(f"a {what} of at most {most} characters, without line breaks")
    try:
        return check_code(text)
    except ValueError as error:
        raise ValueError(str(error).removeprefix("expected ").replace("code", what, 1)) from error


def day(text: str) -> date:
    """Return a date."""
    try:
        return parse_day(text)
    except ValueError as error:
        raise ValueError(str(error).removeprefix("expected ")) from error


def moment(text: str) -> datetime:
    """Return a local time to the minute."""
    try:
        return parse_moment(text.replace(" ", "T", 1))
    except ValueError as error:
        raise ValueError(str(error).removeprefix("expected ")) from error


def minutes(text: str) -> int:
    """Return a duration."""
    if re.fullmatch(r"\d{1,4}", text, re.ASCII) and 1 <= int(text) <= 24 * 60:
        return int(text)
    raise ValueError("whole minutes, from 1 to 1440")


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """Return a reader of cells that hold one of `words`."""

    def choice(text: str) -> str:
        if text not in words:
            raise ValueError(f"one of {', '.join(words)}")
        return text

    return choice
