"""Whose variables those are that rules made, and of which day: of those in whose constraints they stand."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Ints
from safeschedule.solving.relaxation.linear_program import Linear

# Not known yet; and of several.
_UNKNOWN, _SEVERAL = -2, -1
# How far from a row a variable may stand whose owner is looked for: sums of sums of rows, and one more.
_ROUNDS = 4


def owners_of(system: Linear, rows: Ints, entries: Ints, build: Build) -> tuple[Ints, Ints]:
    """Return clinician and working day of each variable, -1 where there are several (or none).

    Parameters
    ----------
    rows, entries
        The variables of the build's rows and of its plan entries.
    """
    found = []
    for of_rows, of_entries in ((build.rows.clinician, build.plan.clinician), (build.day, build.plan_day)):
        owner = np.full(len(system.lower), _UNKNOWN, dtype=np.int64)
        owner[entries] = of_entries
        owner[rows] = of_rows
        found.append(_propagated(system, owner))
    return found[0], found[1]


def _propagated(system: Linear, owner: Ints) -> Ints:
    """Return owners where each unknown one is that of all the known ones beside it in constraints."""
    for _ in range(_ROUNDS):
        unknown = np.flatnonzero(owner == _UNKNOWN)
        if not len(unknown):
            break
        least, most = _range(owner[system.column], system.row, system.rows)
        asked = owner[system.column] == _UNKNOWN
        column, row = system.column[asked], system.row[asked]
        low = np.full(len(owner), np.iinfo(np.int64).max)
        high = np.full(len(owner), _UNKNOWN)
        np.minimum.at(low, column, least[row])
        np.maximum.at(high, column, most[row])
        new = np.where(high == _UNKNOWN, _UNKNOWN, np.where(low == high, high, _SEVERAL))
        owner = owner.copy()
        owner[unknown] = new[unknown]
    owner[owner == _UNKNOWN] = _SEVERAL
    return owner


def _range(owners: Ints, rows: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the least and the greatest owner in each constraint, as far as it has single ones."""
    least = np.full(count, np.iinfo(np.int64).max)
    most = np.full(count, _UNKNOWN)
    single = owners >= 0
    np.minimum.at(least, rows[single], owners[single])
    np.maximum.at(most, rows[single], owners[single])
    return least, most
