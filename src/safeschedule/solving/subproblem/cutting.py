"""Cuts a neighbourhood out of the whole model: what is kept becomes numbers, what always holds goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeschedule.model.index import Bools, Ints
from safeschedule.solving.relaxation.linear_program import Floats, Linear
from safeschedule.solving.subproblem.whole import Assignment, Whole, floored

# How often bounds are drawn tighter by what the constraints leave; the solver goes on from there.
_ROUNDS = 6
# How far from what is free a variable of several clinicians may stand that is free as well.
_REACH = 8


@dataclass(frozen=True)
class Cut:
    """A neighbourhood of an assignment.

    Parameters
    ----------
    variables
        The numbers in the whole model of those that are free.
    system
        The constraints that are left, over them alone.
    settled, values
        The variables that were to be free, but have one value left, and it.
    """

    variables: Ints
    system: Linear
    settled: Ints
    values: Ints


def cut(whole: Whole, assignment: Assignment, variables: Ints) -> Cut:
    """Return the neighbourhood in which these variables (in order) are free, all others as assigned.

    Every solution of it, put into the assignment, keeps the whole model, if the rest does.
    """
    kept = np.zeros(whole.variables, dtype=bool)
    kept[variables] = True
    system, _ = whole.of(whole.rows_of(variables)).of_columns(kept, assignment.astype(np.float64))
    return _reduced(variables, system)


def around(whole: Whole, free: Bools) -> Ints:
    """Return the variables of these rows of the week, and those that count or measure them.

    What a rule measures of a clinician or a day without a free row stays as it is. A neighbourhood may so
    lack solutions that the whole model has; it has none that the whole model lacks. With every row free it is
    the whole model, so that the best of it is proven to be the best of all.
    """
    if free.all():
        return np.arange(whole.variables)
    rows = np.unique(whole.row_variable[free])
    return np.union1d(rows, _measures(whole, rows))


def _measures(whole: Whole, rows: Ints) -> Ints:
    """Return the variables that rules made, and plan entries, of whoever and whenever the rows are.

    Those of several clinicians come along as far as constraints lead to them; and what stands beside one of
    several clinicians or dates (how far a kept day is from the lightest one changes with that one).
    """
    people = np.zeros(int(whole.clinician.max(initial=0)) + 2, dtype=bool)
    dates = np.zeros(int(whole.date.max(initial=0)) + 2, dtype=bool)
    people[whole.clinician[rows]] = dates[whole.date[rows]] = True
    dates[-1] = True
    timely = ~whole.is_row & dates[whole.date]
    found = timely & people[whole.clinician] & (whole.clinician >= 0)
    edge = np.concatenate([rows, np.flatnonzero(found)])
    for _ in range(_REACH):
        near = _beside(whole, edge)
        edge = near[timely[near] & (whole.clinician[near] < 0) & ~found[near]]
        if not len(edge):
            break
        found[edge] = True
    several = np.flatnonzero(found)
    several = several[(whole.clinician[several] < 0) | (whole.date[several] < 0)]
    near = _beside(whole, several)
    found[near[~whole.is_row[near]]] = True
    return np.flatnonzero(found)


def _beside(whole: Whole, variables: Ints) -> Ints:
    """Return the variables that stand in a constraint with any of these."""
    found: Ints = np.unique(whole.system.column[whole.entries_of(whole.rows_of(variables))])
    return found


def _reduced(variables: Ints, system: Linear) -> Cut:
    """Return the part without variables that have one value left, and constraints that always hold."""
    lower, upper = system.lower.copy(), system.upper.copy()
    for _ in range(_ROUNDS):
        if not _tighten(system, lower, upper):
            break
    open_ = lower < upper
    return Cut(
        variables=variables[open_],
        system=_over(system, open_, lower, upper),
        settled=variables[~open_],
        values=lower[~open_].astype(np.int64),
    )


def _tighten(system: Linear, lower: Floats, upper: Floats) -> bool:
    """Draw the bounds tighter by what each constraint leaves its variables; return whether any moved."""
    least, most = _activity(system, lower, upper)
    row, column, factor = system.row, system.column, system.factor
    up = factor > 0
    low, high = lower[column], upper[column]
    # What a constraint leaves a variable beside the least and the most of all the others.
    at_most = system.high[row] - least[row] + factor * np.where(up, low, high)
    at_least = system.low[row] - most[row] + factor * np.where(up, high, low)
    new_high = np.where(up, at_most, at_least) / factor
    new_low = np.where(up, at_least, at_most) / factor
    falls = floored(new_high) < high
    rises = -floored(-new_low) > low
    if not (falls.any() or rises.any()):
        return False
    np.minimum.at(upper, column[falls], floored(new_high[falls]))
    np.maximum.at(lower, column[rises], -floored(-new_low[rises]))
    return True


def _activity(system: Linear, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return the least and the most that each constraint's sum can be."""
    at_low: Floats = system.factor * lower[system.column]
    at_high: Floats = system.factor * upper[system.column]
    least, most = (
        np.bincount(system.row, extreme, minlength=system.rows).astype(np.float64)
        for extreme in (np.minimum(at_low, at_high), np.maximum(at_low, at_high))
    )
    return least, most


def _over(system: Linear, kept: Bools, lower: Floats, upper: Floats) -> Linear:
    """Return the system over the kept variables within bounds, the others at theirs."""
    least, most = _activity(system, lower, upper)
    binding = (least < system.low) | (most > system.high)
    inside = kept[system.column]
    gone = ~inside
    rest = np.bincount(
        system.row[gone], system.factor[gone] * lower[system.column[gone]], minlength=system.rows
    )
    entries = inside & binding[system.row]
    number, place = np.cumsum(kept) - 1, np.cumsum(binding) - 1
    return Linear(
        row=place[system.row[entries]],
        column=number[system.column[entries]],
        factor=system.factor[entries],
        low=(system.low - rest)[binding],
        high=(system.high - rest)[binding],
        lower=lower[kept],
        upper=upper[kept],
    )
