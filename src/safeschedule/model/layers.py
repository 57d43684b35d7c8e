"""The two layers of a model: how rows become entries of the plan, and the variables of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Ints
from safeschedule.model.interrupting import InterruptibleModel
from safeschedule.model.rows import Entries, Role, Rows, groups
from safeschedule.model.variables import Var, top

# Entries of the plan that are made between two questions whether to end.
_MANY = 512


@dataclass(frozen=True)
class Grouping:
    """Rows as entries of the plan.

    Parameters
    ----------
    of_row
        By row, the number of its entry.
    members
        By entry, the numbers of its rows.
    """

    of_row: Ints
    members: list[Ints]

    @property
    def heads(self) -> Ints:
        """By entry, the number of its first row."""
        return np.array([rows[0] for rows in self.members], dtype=np.int64)

    @property
    def sizes(self) -> Ints:
        """By entry, how many rows it has."""
        return np.array([len(rows) for rows in self.members], dtype=np.int64)


def group_rows(rows: Rows, *apart: Ints, ask: Callable[[], None]) -> Grouping:
    """Return rows of one kind of session or block as one entry, unless they differ in something more.

    Parameters
    ----------
    apart
        By row, numbers that are the same within an entry.
    ask
        Called now and then: it may raise to end the work.
    """
    found = Grouping(np.full(len(rows), -1, dtype=np.int64), [])
    what = (rows.request, rows.kind, rows.clinician, rows.partner, rows.role, rows.minutes)
    for number, (_, members) in enumerate(groups(*what, *apart)):
        if number % _MANY == 0:
            ask()
        found.of_row[members] = number
        found.members.append(members)
    return found


def row_variables(
    model: InterruptibleModel, grouping: Grouping, plan_vars: list[Var], fixed: Bools
) -> list[Var]:
    """Return a variable for each row, that of its entry where it is alone, and post their sums.

    Parameters
    ----------
    fixed
        Rows that are chosen for certain.
    """
    several = np.flatnonzero(grouping.sizes[grouping.of_row] != 1)
    # Not a shared constant: a variable may be hinted and counted only once.
    own = dict(zip(several.tolist(), model.new_bools(len(several)), strict=True))
    for row in several[fixed[several]].tolist():
        own[row].proto.domain[0] = 1
    found = [own[n] if n in own else plan_vars[plan] for n, plan in enumerate(grouping.of_row.tolist())]
    numbers = np.array([variable.index for variable in found], dtype=np.int64)
    for plan, members in enumerate(grouping.members):
        if len(members) > 1:
            variables = np.append(numbers[members], plan_vars[plan].index)
            factors = np.ones(len(variables), dtype=np.int64)
            factors[-1] = -1
            model.add_row(variables, factors, 0, 0)
    return found


def post_counts(model: InterruptibleModel, plan: Entries, plan_vars: list[Var], counts: Ints) -> None:
    """Post that of each request and group no more is held than it has; who assists is not counted again."""
    counted = (plan.request >= 0) & (plan.role != Role.CO)
    for (request,), members in groups(plan.request, where=counted):
        count = int(counts[request])
        variables = [plan_vars[m] for m in members]
        if count == 1 and len(members) > 1:
            model.add_at_most_one(variables)
        elif sum(top(v) for v in variables) > count:
            model.add(cp_model.LinearExpr.sum(variables) <= count)
