"""Whether everyone can have something of their own: a bipartite matching.

Found by augmenting paths, as in the Hungarian method (Kuhn 1955, doi:10.1002/nav.3800020109).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def all_served(wanted: Sequence[frozenset[str]]) -> bool:
    """Return whether each of `wanted` can be given one of its things, no thing twice."""
    return all(_served(wanted))


def most_served(wanted: Sequence[frozenset[str]]) -> set[int]:
    """Return the numbers of as many of `wanted` as can be given one of their things, no thing twice.

    The first ones come first, so that who is left without does not depend on the order of the things.
    """
    return {number for number, served in enumerate(_served(wanted)) if served}


def _served(wanted: Sequence[frozenset[str]]) -> Iterator[bool]:
    """Yield whether each can be given one beside those before it that could, by augmenting paths.

    What finds none then finds none later, and who has one keeps one: no more can be served in the end.
    """
    holder: dict[str, int] = {}

    def place(number: int, tried: set[str]) -> bool:
        for thing in sorted(wanted[number] - tried):
            tried.add(thing)
            if thing not in holder or place(holder[thing], tried):
                holder[thing] = number
                return True
        return False

    for number in range(len(wanted)):
        yield place(number, set())
