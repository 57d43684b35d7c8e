"""The solver: weeks of day programmes date by date, and whatever else there is as the library plans it."""

from __future__ import annotations

from typing import ClassVar

from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.builtin import searched
from safeschedule_dayprogramme.opening import opened
from safeschedule_dayprogramme.week import only_counts


class DayProgramme:
    """The library's search, which begins with the dates of a day programme where the week is one."""

    name: ClassVar[str] = "dayprogramme"
    repeatable: ClassVar[bool] = True
    fills: ClassVar[bool] = True

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Search until the limit, a stop, or proven optimality."""
        return searched(problem, limits, opened)


def suits(problem: Problem) -> bool:
    """Return whether a problem is likely to be a day programme's, so that this solver plans it unasked.

    That is told by its rules, and by what is fixed in it. Whether its sessions are such that dates can be
    arranged one by one is seen when these are made; if they are not, the library's search plans the week.
    """
    return only_counts(problem)
