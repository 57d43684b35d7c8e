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


def most_served(wanted: Sequence[frozenset[str]]) -> set[int]:
    """Return the numbers of as many of `wanted` as can be given one of their things, no thing twice.

    The first ones come first, so that who is left without does not depend on the order of the things.
    """
    served: list[int] = []
    for number in range(len(wanted)):
        if all_served([wanted[n] for n in (*served, number)]):
            served.append(number)
    return set(served)
