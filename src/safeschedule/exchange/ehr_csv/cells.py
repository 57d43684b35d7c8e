"""From the text of a cell to its value; every refusal says what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:00)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")


def code(text: str) -> str:
    """Return an id: up to 80 characters, none of them a control character."""
    if len(text) > 80 or _CONTROL.search(text):
        raise ValueError("a code of at most 80 characters, without line breaks")
    return text


def title(text: str) -> str:
    """Return a description that becomes a code; room is left for what is put after it."""
    if len(text) > 60 or _CONTROL.search(text):
        raise ValueError("a description of at most 60 characters, without line breaks")
    return text


def day(text: str) -> date:
    """Return a date."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("a date such as 2026-10-05")


def moment(text: str) -> datetime:
    """Return a local time to the minute."""
    try:
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError("a local time such as 2026-10-05T09:30, without seconds and zone")


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
