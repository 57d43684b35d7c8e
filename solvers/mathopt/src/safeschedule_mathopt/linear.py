"""A mixed-integer linear programme as arrays."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """Integer variables between bounds, and linear rows of them between bounds.

    Parameters
    ----------
    low, high
        Bounds of the variables, shape (variables,).
    row, column, factor
        The entries of the matrix, shape (entries,): ordered by row, then column, each pair once.
    least, most
        Bounds of the rows, shape (rows,); infinite where there is none.
    named
        How many of the variables, the first ones, are those of the source.
    """

    low: Floats
    high: Floats
    row: Ints
    column: Ints
    factor: Floats
    least: Floats
    most: Floats
    named: int

    def broken(self, values: Floats) -> int:
        """Return how many bounds whole values of the variables break.

        Sums of whole numbers below 2**53 are exact, so a solver's tolerances have no say here.
        """
        sums = np.bincount(self.row, self.factor * values[self.column], len(self.least))
        rows = (sums < self.least) | (sums > self.most)
        return int(rows.sum()) + int(((values < self.low) | (values > self.high)).sum())


@dataclass
class Writer:
    """Collects rows; a literal is written as its variable, or as ``~variable`` for its opposite."""

    low: list[int]
    high: list[int]
    lengths: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    factors: list[int] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, columns: list[int], factors: list[int], least: float, most: float) -> None:
        """Add least <= sum of factors times columns <= most."""
        self.columns += columns
        self.factors += factors
        self.lengths.append(len(columns))
        self.least.append(least)
        self.most.append(most)

    def add_variable(self, low: int, high: int) -> int:
        """Add an integer variable and return its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def reach(self, columns: list[int], factors: list[int]) -> tuple[int, int]:
        """Return the least and the most that a sum can be, by the bounds of its variables."""
        bounds = [(self.low[c], self.high[c]) if c >= 0 else (0, 1) for c in columns]
        ends = [sorted((f * a, f * b)) for (a, b), f in zip(bounds, factors, strict=True)]
        return sum(a for a, _ in ends), sum(b for _, b in ends)

    def arrays(self, named: int) -> Linear:
        """Return what was collected, opposites and repeated variables put in order."""
        row = np.repeat(np.arange(len(self.lengths)), np.array(self.lengths, dtype=np.int64))
        column = np.array(self.columns, dtype=np.int64)
        factor = np.array(self.factors, dtype=np.float64)
        opposite = column < 0
        # factor * (1 - x) is a constant, which goes to the other side, and -factor * x.
        shift = np.bincount(row[opposite], factor[opposite], len(self.lengths))
        column = np.where(opposite, ~column, column)
        factor = np.where(opposite, -factor, factor)
        key, entry = np.unique(row * len(self.low) + column, return_inverse=True)
        return Linear(
            low=np.array(self.low, dtype=np.float64),
            high=np.array(self.high, dtype=np.float64),
            row=key // max(1, len(self.low)),
            column=key % max(1, len(self.low)),
            factor=np.bincount(entry, factor, len(key)).astype(np.float64),
            least=np.array(self.least, dtype=np.float64) - shift,
            most=np.array(self.most, dtype=np.float64) - shift,
            named=named,
        )
