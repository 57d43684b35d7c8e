"""The relaxation of a very large team by groups, joined by prices.

Groups of clinicians share little: open requests, urgent slots, peaks. Each group is solved with its share
of what is shared; what the shares were worth to them, on average, is a price. Solved again at these prices
and without the shared rows, the groups' multipliers and the prices together are multipliers of the whole
system, and so bound it (weak duality, as in Lagrangian relaxation).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.solving.relaxation.block_structure import split
from safeschedule.solving.relaxation.linear_program import Floats, Linear
from safeschedule.solving.relaxation.mip import MilpAnswer

Maximise = Callable[[Linear, Floats], MilpAnswer]


@dataclass(frozen=True)
class Shared:
    """A solution by groups.

    Parameters
    ----------
    values
        Of the variables: those of the groups with their shares; ``None`` when one was not solved.
    duals
        Multipliers of all rows; ``None`` likewise.
    """

    values: Floats | None = None
    duals: Floats | None = None


class ByGroups:
    """A system taken apart.

    Parameters
    ----------
    system
        The whole.
    factors
        The objective to maximise, by variable.
    owner
        By variable its group, or -1: then it belongs where its rows do, and is shared when these belong to
        several groups.
    """

    def __init__(self, system: Linear, factors: Floats, owner: Ints) -> None:
        self.system, self.factors = system, factors
        self.split = split(system, owner)
        self.owner, self.single = self.split.owner, self.split.single
        self.count = int(owner.max(initial=0)) + 1
        sizes = np.bincount(self.owner[self.owner >= 0], minlength=self.count)
        self.shares: Floats = sizes / max(1, sizes.sum())
        self.members = [
            np.bincount(system.row, self.owner[system.column] == g, minlength=system.rows) > 0
            for g in range(self.count)
        ]

    def solve(self, pool: Executor, maximise: Maximise) -> Shared:
        """Solve with shares, then at the prices that these give; `maximise` solves a linear programme."""
        first = list(pool.map(lambda g: self._with_share(g, maximise), range(self.count)))
        if any(each is None for each in first):
            return Shared()
        values, duals = np.zeros(len(self.owner)), np.zeros(self.system.rows)
        for group, each in enumerate(first):
            assert each is not None
            columns, rows, found, prices = each
            cost = self.factors[columns] < 0
            # What all pay for once, such as a peak, is as high as in the group in which it is highest.
            values[columns] = np.where(cost, np.maximum(values[columns], found), values[columns] + found)
            duals[rows] += np.where(self.single[rows], 1.0, self.shares[group]) * prices
        duals[self.split.own_row >= 0] = 0.0
        paid = np.bincount(
            self.system.column, self.system.factor * duals[self.system.row], minlength=len(self.owner)
        )
        priced = self.factors - paid
        again = list(pool.map(lambda g: self._at_prices(g, priced, maximise), range(self.count)))
        for own in again:
            if own is None:
                return Shared(values)
            duals[own[0]] = own[1]
        return Shared(values, duals)

    def _with_share(self, group: int, maximise: Maximise) -> tuple[Ints, Ints, Floats, Floats] | None:
        """Return columns, rows, values and multipliers of a group that has its share of what is shared."""
        system, share = self.system, self.shares[group]
        columns = (self.owner == group) | (self.owner < 0)
        if not columns.any():
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing, np.zeros(0), np.zeros(0)
        part, rows = system.of_columns(columns, np.zeros(len(columns)))
        kept = self.members[group][rows]
        scale = np.where(self.single[rows], 1.0, share)
        with np.errstate(invalid="ignore"):
            low, high = (np.where(np.isinf(ends), ends, ends * scale) for ends in (part.low, part.high))
        part = replace(part, low=low, high=high)
        free = self.owner[columns] < 0
        factors = self.factors[columns]
        upper = np.where(free & (factors > 0), part.upper * share, part.upper)
        factors = np.where(free & (factors < 0), factors * share, factors)
        part = replace(part, upper=upper).of_rows(kept)
        answer = maximise(part, factors)
        if answer.values is None or answer.duals is None:
            return None
        return np.flatnonzero(columns), rows[kept], answer.values, part.oriented(factors, answer.duals)

    def _at_prices(self, group: int, priced: Floats, maximise: Maximise) -> tuple[Ints, Floats] | None:
        """Return rows and multipliers of a group by itself."""
        part, columns, rows = self.split.part(self.system, group)
        if not len(columns):
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        answer = maximise(part, priced[columns])
        if answer.duals is None:
            return None
        return rows, part.oriented(priced[columns], answer.duals)
