"""The model of the whole week as one sparse system, with what each variable belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Ints
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.relaxation.linear_program import Floats, Linear, linear_of
from safeschedule.solving.subproblem.owners import owners_of

Assignment = Ints
"""A value for each variable of the whole model."""


@dataclass(frozen=True)
class Whole:
    """A build of all rows, in arrays.

    Parameters
    ----------
    system
        Its constraints, row after row.
    first, entries_of_column, first_of_column
        Where each constraint's entries begin; the entries by variable, and where each variable's begin.
    row_variable
        By row of the week: its variable.
    is_row
        By variable: whether it is a row's; others count rows or measure them.
    clinician, date
        By variable: whose it is and of which working day; -1: of several.
    request
        By variable: the request whose sessions it counts, -1 for none.
    counts
        By request: the most sessions.
    factors
        By tier: the objective's factor of each variable.
    """

    system: Linear
    first: Ints
    entries_of_column: Ints
    first_of_column: Ints
    row_variable: Ints
    is_row: Bools
    clinician: Ints
    date: Ints
    request: Ints
    counts: Ints
    factors: Mapping[Tier, Ints]

    @property
    def variables(self) -> int:
        """The number of variables."""
        return len(self.system.lower)

    def rows_of(self, variables: Ints) -> Ints:
        """Return the constraints in which any of these variables stands."""
        at = spread(self.first_of_column, variables)
        found: Ints = np.unique(self.system.row[self.entries_of_column[at]])
        return found

    def entries_of(self, rows: Ints) -> Ints:
        """Return the entries of these constraints, one constraint after the other."""
        return spread(self.first, rows)

    def of(self, rows: Ints) -> Linear:
        """Return the system with these constraints alone; `Linear.of_rows` looks at every entry for that."""
        entries, system = self.entries_of(rows), self.system
        return replace(
            system,
            row=np.repeat(np.arange(len(rows)), self.first[rows + 1] - self.first[rows]),
            column=system.column[entries],
            factor=system.factor[entries],
            low=system.low[rows],
            high=system.high[rows],
        )

    def keeps(self, assignment: Assignment, variables: Ints) -> bool:
        """Return whether an assignment keeps every constraint in which any of these variables stands."""
        nothing = np.zeros(0, dtype=np.int64)
        return self.of(self.rows_of(variables)).of_rows_kept(nothing, assignment.astype(np.float64), _CLOSE)

    def values(self, assignment: Assignment, tiers: Sequence[Tier]) -> tuple[int, ...]:
        """Return what an assignment is worth in each tier."""
        return tuple(int(self.factors[tier] @ assignment) for tier in tiers)


# Sums of whole numbers differ by 1 at least.
_CLOSE = 1e-6


def spread(first: Ints, chosen: Ints) -> Ints:
    """Return the positions from `first[n]` up to `first[n + 1]` for each chosen n, in order."""
    begin, count = first[chosen], first[chosen + 1] - first[chosen]
    ends = np.cumsum(count)
    found: Ints = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begin - (ends - count), count)
    return found


def whole_of(build: Build, tiers: Sequence[Tier]) -> Whole:
    """Return a build of all rows as a system.

    Raises
    ------
    ValueError
        A rule posted something that cannot be said in rows of numbers.
    InterruptedWorkError
        It is time to end.
    """
    system = linear_of(build.model)
    count = len(system.lower)
    order = np.argsort(system.column, kind="stable")
    row_variable, entry_variable = build.row_index, build.plan_index
    clinician, date = owners_of(system, row_variable, entry_variable, build)
    request = np.full(count, -1, dtype=np.int64)
    request[entry_variable] = np.where(build.plan.is_visit, build.plan.request, -1)
    is_row = np.zeros(count, dtype=bool)
    is_row[row_variable] = True
    return Whole(
        system=system,
        first=np.searchsorted(system.row, np.arange(system.rows + 1)),
        entries_of_column=order,
        first_of_column=np.searchsorted(system.column[order], np.arange(count + 1)),
        row_variable=row_variable,
        is_row=is_row,
        clinician=clinician,
        date=date,
        request=request,
        counts=build.index.counts,
        factors={tier: _factors(build, tier, count) for tier in tiers},
    )


def _factors(build: Build, tier: Tier, count: int) -> Ints:
    found = np.zeros(count, dtype=np.int64)
    for factor, variable in tier_objective(build, tier):
        found[variable] += factor
    return found


def floored(values: Floats) -> Floats:
    """Return values rounded down, those that are whole but for rounding errors as they are."""
    found: Floats = np.floor(values + _CLOSE)
    return found
