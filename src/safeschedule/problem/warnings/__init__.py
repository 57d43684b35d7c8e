"""What is hardly meant in a problem without faults: requests that no week can place, exemptions from rules.

A warning has the shape of a fault, with the way out in what is expected, and stops nothing. Each check is a
small function from a `View` to warnings; a new one is added to its file's ``CHECKS``.
"""

from __future__ import annotations

from safeschedule.errors import Fault
from safeschedule.problem.cutting import cut
from safeschedule.problem.faults.view import Check, View
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.naming import named
from safeschedule.problem.once import once_each
from safeschedule.problem.problem import Problem
from safeschedule.problem.warnings import exempt, first_edition, impossible, oddities, rooms, usual

__all__ = ["CHECKS", "find", "never"]

CHECKS: tuple[Check, ...] = (
    *impossible.CHECKS,
    *exempt.CHECKS,
    *oddities.CHECKS,
    *usual.CHECKS,
    *rooms.CHECKS,
    *first_edition.CHECKS,
)
"""Every check, in the order in which warnings are told."""


def find(problem: Problem) -> tuple[Fault, ...]:
    """Return every warning of a problem that has no faults.

    Examples
    --------
    >>> from safeschedule.problem import warnings
    >>> from safeschedule.samples import sample
    >>> [(warning.code, warning.of) for warning in warnings.find(sample())]
    [('never_at_work', 'request R059'), ('exempt', 'clinician C04')]
    """
    require_kind("find", "problem", problem, Problem)
    return _found(problem)


@once_each
def _found(problem: Problem) -> tuple[Fault, ...]:
    view = View(problem)
    return named(problem, tuple(warning for check in CHECKS for warning in cut(check(view))))


def never(problem: Problem, request: str) -> Fault | None:
    """Return why no week can place a request of this code, with the way out; ``None`` where some week may.

    It looks at the data alone: at skills, modes, sites, rooms, hours, leave, windows and dates, and at hard
    rules that no arrangement of other sessions changes. So ``None`` promises nothing.

    Parameters
    ----------
    problem
        A problem without faults.
    request
        The code of one of its requests.
    """
    require_kind("never", "problem", problem, Problem)
    view = View(problem)
    asked = next((entry for entry in enumerate(problem.requests) if entry[1].id == request), None)
    return None if asked is None else next(iter(named(problem, impossible.of_request(view, *asked))), None)
