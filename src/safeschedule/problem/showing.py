"""Values and places as people read them in faults."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any

SHOWN = 60
"""Most characters of a value that a fault repeats."""

_LONGEST = 100
"""Most characters of a word that is compared with names."""

_COMPARED = 50
"""Most names with which one word is compared."""


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


def did_you_mean(word: str, known: Collection[str], *, thorough: bool = False) -> str:
    """Return a suggestion to add to an expectation, or nothing.

    Parameters
    ----------
    word
        What was found.
    known
        What is known, in an order that is always the same.
    thorough
        Whether to compare with all of them: for what can be wrong once, not in a thousand rows.
    """
    compared = list(known) if thorough else _candidates(word, known)
    near = get_close_matches(word[:_LONGEST], compared, n=1, cutoff=0.6)
    return f" (did you mean {near[0]}?)" if near else ""


def meant_name(expected: str) -> str | None:
    """Return the name that an expectation suggests by `did_you_mean`; ``None``: it suggests none.

    Examples
    --------
    >>> meant_name("the id of a site" + did_you_mean("riversde", ["riverside"]))
    'riverside'
    """
    found = _SUGGESTED.search(expected)
    return None if found is None else found[1]


_SUGGESTED = re.compile(r" \(did you mean (.+)\?\)$")


def _candidates(word: str, known: Collection[str]) -> list[str]:
    """Return the names with which a word is compared: all of a few, of many those that share an end with it.

    Comparing takes thousands of times as long as looking at the ends, and a file of a thousand wrong codes
    would be compared with a thousand right ones.
    """
    if len(known) <= _COMPARED:
        return list(known)
    ends, length = (word[:2].casefold(), word[-2:].casefold()), len(word)
    like = (
        name
        for name in known
        if abs(len(name) - length) <= 2
        and (name[:2].casefold() == ends[0] or name[-2:].casefold() == ends[1])
    )
    # Both ends first: of a list of codes that differ in their last digits, those are the nearest.
    return sorted(islice(like, 20 * _COMPARED), key=lambda name: name[-2:].casefold() != ends[1])[:_COMPARED]
