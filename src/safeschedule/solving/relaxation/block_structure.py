"""A linear system taken apart by the clinicians, or groups of them, to whom its variables belong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeschedule.model.index import Bools, Ints
from safeschedule.solving.relaxation.linear_program import Linear


@dataclass(frozen=True)
class Split:
    """Whose the variables and rows of a system are.

    Parameters
    ----------
    owner
        By variable, -1 for those that several share.
    single
        By row: whether only one owner has variables in it; shared ones may be there besides.
    own_row
        By row its owner, when it has variables of that one alone; else -1.
    """

    owner: Ints
    single: Bools
    own_row: Ints

    def part(self, system: Linear, owner: int) -> tuple[Linear, Ints, Ints]:
        """Return what is one owner's alone, with the numbers of its columns and rows in the system."""
        columns = self.owner == owner
        part, rows = system.of_columns(columns, np.zeros(len(columns)))
        kept = self.own_row[rows] == owner
        return part.of_rows(kept), np.flatnonzero(columns), rows[kept]


def split(system: Linear, owner: Ints) -> Split:
    """Take a system apart.

    Parameters
    ----------
    owner
        By variable, or -1: then it belongs where its rows do, and is shared when these belong to several.
    """
    owner = _owners(system, owner)
    low, high = _spread(system, owner)
    joined = np.bincount(system.row, owner[system.column] < 0, minlength=system.rows) > 0
    single = low == high
    return Split(owner, single, np.where(single & ~joined, low, -1))


def _spread(system: Linear, owner: Ints) -> tuple[Ints, Ints]:
    """Return by row the lowest and highest owner among its variables; of a row without any, they differ."""
    mine = owner[system.column]
    low = np.full(system.rows, np.iinfo(np.int64).max)
    high = np.full(system.rows, -1, dtype=np.int64)
    owned = mine >= 0
    np.minimum.at(low, system.row[owned], mine[owned])
    np.maximum.at(high, system.row[owned], mine[owned])
    return low, high


def _owners(system: Linear, owner: Ints) -> Ints:
    """Return owners with those of variables that only one owner's rows have, -1 for shared ones."""
    owner = owner.copy()
    settled: Bools = owner >= 0
    while True:
        low, high = _spread(system, owner)
        inside = (low == high)[system.row] & ~settled[system.column]
        column, group = system.column[inside], low[system.row[inside]]
        least = np.full(len(owner), np.iinfo(np.int64).max)
        most = np.full(len(owner), -1, dtype=np.int64)
        np.minimum.at(least, column, group)
        np.maximum.at(most, column, group)
        new = (most >= 0) & ~settled
        if not new.any():
            return owner
        owner[new & (least == most)] = most[new & (least == most)]
        settled |= new
