"""Faults cut off early: a file with a million mistakes is refused as soon as one with a thousand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from safeschedule.errors import Fault

MOST = 1_000
"""Most faults of one kind that are told."""

_NUMBER = re.compile(r"\d+")


def cut(faults: Iterator[Fault]) -> Iterator[Fault]:
    """Yield the faults of one check, and only that there are more where there are too many of a kind."""
    kinds: Counter[str] = Counter()
    for fault in islice(faults, 10 * MOST):
        kind = _NUMBER.sub("", fault.place)
        kinds[kind] += 1
        if kinds[kind] <= MOST:
            yield fault
        elif kinds[kind] == MOST + 1:
            yield more(fault.place)


def more(place: str) -> Fault:
    """Return the fault that stands for all others of its kind."""
    return Fault("more_faults", place, "more of this kind", f"at most {MOST} are told; mend these first")
