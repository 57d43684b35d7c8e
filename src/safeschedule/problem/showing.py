"""Values and places as people read them in faults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

SHOWN = 60
"""Most characters of a value that a fault repeats."""


def show(value: Any) -> str:
    """Return a value in at most `SHOWN` characters, on one line, without control characters."""
    if isinstance(value, dict):
        return f"an object with {_count(value, 'field')}"
    if isinstance(value, list | tuple):
        return f"a list of {_count(value, 'entry', 'entries')}"
    if isinstance(value, str):
        text = json.dumps(value[: 4 * SHOWN], ensure_ascii=False)
    elif value is None or isinstance(value, bool | float):
        text = json.dumps(value)
    else:
        text = str(value) if not isinstance(value, int) or abs(value) < 10**SHOWN else "a huge number"
    text = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."


def _count(value: Sequence[Any] | dict[Any, Any], one: str, many: str | None = None) -> str:
    return f"{len(value)} {one if len(value) == 1 else many or one + 's'}"


def format_place(parts: Iterable[str | int]) -> str:
    """Return where something is, such as ``clinicians[2].working[0].start``."""
    text = ""
    for part in parts:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            word = part if part.isprintable() and len(part) <= SHOWN else show(part)
            text += f".{word}" if text else word
    return text or "the file"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to add to an expectation, or nothing."""
    near = get_close_matches(word[:200], list(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""
