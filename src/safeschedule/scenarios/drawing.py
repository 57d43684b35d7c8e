"""Draws that two scenarios share as far as they ask for the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def in_order(entries: Sequence[T], rng: np.random.Generator) -> list[T]:
    """Return entries in a drawn order: who asks for ten of them has the nine of who asks for nine."""
    return [entries[number] for number in rng.permutation(len(entries))]


def by_shares(shares: Mapping[str, float], count: int) -> list[str]:
    """Return so many names by their shares, without chance: largest remainders, spread evenly.

    Examples
    --------
    >>> by_shares({"low": 1, "high": 3}, 4)
    ['high', 'low', 'high', 'high']
    """
    whole = sum(shares.values())
    names = [name for name, share in shares.items() if share > 0]
    given = dict.fromkeys(names, 0)
    found = []
    for number in range(1, count + 1):
        # Whoever is furthest below the share of so many.
        name = max(names, key=lambda own: (shares[own] / whole * number - given[own], -names.index(own)))
        given[name] += 1
        found.append(name)
    return found
