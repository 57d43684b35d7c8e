"""Whether everyone can have something of their own."""

from __future__ import annotations

from collections.abc import Sequence


def all_served(wanted: Sequence[frozenset[str]]) -> bool:
    """Return whether each of `wanted` can be given one of its things, no thing twice.

    By augmenting paths (Kuhn's method).
    """
    holder: dict[str, int] = {}

    def place(number: int, tried: set[str]) -> bool:
        for thing in sorted(wanted[number] - tried):
            tried.add(thing)
            if thing not in holder or place(holder[thing], tried):
                holder[thing] = number
                return True
        return False

    return all(place(number, set()) for number in range(len(wanted)))
