"""Many faults in few lines: the same fault in sixty rows is told once, with its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

FEW = 3
"""Up to so many faults that are alike each stand in a line of their own."""

LINES = 200
"""Most lines of one message."""

_VALUES = 3
_NUMBER = re.compile(r"(?<=\[)\d+(?=\])|(?<= row )\d+")


class Told(Protocol):
    """A fault, as far as it is folded."""

    @property
    def code(self) -> str: ...  # noqa: D102 - as in `Fault`
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> str: ...  # noqa: D102
    @property
    def expected(self) -> str: ...  # noqa: D102


def lines(faults: Sequence[Told]) -> list[str]:
    """Return what is wrong in lines, in the order of the first of those that are told together.

    Faults are told together when they differ in their value and in the first number of their place alone.
    """
    groups: dict[tuple[str, str, str], list[Told]] = {}
    for fault in faults:
        pattern = _NUMBER.sub("#", fault.place, count=1)
        groups.setdefault((fault.code, pattern, fault.expected), []).append(fault)
    found: list[str] = []
    for group in groups.values():
        found += [str(fault) for fault in group] if len(group) <= FEW else [_together(group)]
    rest = len(found) - LINES
    return found if rest <= 0 else [*found[:LINES], f"... and {rest} more"]


def _together(group: Sequence[Told]) -> str:
    first = group[0]
    numbers = [int(match[0]) for fault in group if (match := _NUMBER.search(fault.place))]
    place = _NUMBER.sub(ranges(numbers), first.place, count=1)
    if len(set(numbers)) > 1:
        place = place.replace(" row ", " rows ", 1)
    values = list(dict.fromkeys(fault.value for fault in group if fault.value))
    found = ", ".join(values[:_VALUES])
    found += f" and {len(values) - _VALUES} others" if len(values) > _VALUES else ""
    found = f" found {found};" if found else ""
    return f"{place}:{found} expected {first.expected} [{first.code}, {len(group)} times]"


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers as ``2-14, 17``, at most ten spans of them."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = [str(a) if a == b else f"{a}-{b}" for a, b in spans]
    return ", ".join(words[:10]) + (", ..." if len(words) > 10 else "")
