"""What is wrong in a problem that has the right shape: cross-references and plausibility, all at once.

Each check is a small function from a `View` to faults; a new one is added to its file's ``CHECKS``.
"""

from __future__ import annotations

from safeschedule.errors import Fault, InputError
from safeschedule.problem.cutting import cut
from safeschedule.problem.faults import (
    attendants,
    groups,
    identity,
    people,
    pins,
    places,
    references,
    rulebook,
    tasks,
    times,
    upcoming,
    work,
)
from safeschedule.problem.faults.view import Check, View
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.naming import named
from safeschedule.problem.once import once_each
from safeschedule.problem.problem import Problem

__all__ = ["CHECKS", "find", "require_sound"]

CHECKS: tuple[Check, ...] = (
    *identity.CHECKS,
    *references.CHECKS,
    *people.CHECKS,
    *times.CHECKS,
    *work.CHECKS,
    *groups.CHECKS,
    *places.CHECKS,
    *pins.CHECKS,
    *attendants.CHECKS,
    *upcoming.CHECKS,
    *tasks.CHECKS,
    *rulebook.CHECKS,
)
"""Every check, in the order in which faults are told."""


def find(problem: Problem) -> tuple[Fault, ...]:
    """Return every fault of a problem; none means that it can be solved or explained.

    That nobody has a skill, or that there is no room of a kind, is no fault: such requests are left out of
    the schedule with a reason.

    Raises
    ------
    ArgumentError
        It is no problem.
    """
    require_kind("find", "problem", problem, Problem)
    return _found(problem)


@once_each
def _found(problem: Problem) -> tuple[Fault, ...]:
    view = View(problem)
    return named(problem, (fault for check in CHECKS for fault in cut(check(view))))


def require_sound(problem: Problem) -> None:
    """Do nothing when a problem has no faults.

    Raises
    ------
    InputError
        It has; all of them are in the error.
    """
    found = find(problem)
    if found:
        raise InputError(f"problem {problem.name}", found)
