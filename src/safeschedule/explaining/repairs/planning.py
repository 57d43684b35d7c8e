"""Whether a mended week is possible, and whether it is mended at no safety rule's cost."""

from __future__ import annotations

from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.verifier import examine

_OF_LEAVE = frozenset({"leave", "preparation", "recovery_buffer"})
"""What is found of work in time off, whatever else is kept."""


def planned(problem: Problem, budget: Budget, seed: int) -> Schedule | None:
    """Return a schedule of what has to be in a week, if there is one that the verifier accepts."""
    after = Oracle(problem, budget, seed)
    schedule = after.witness(after.everything)
    return schedule if schedule is not None and examine(problem, schedule).compliant else None


def safe_without(before: Problem, after: Problem, schedule: Schedule) -> bool:
    """Return whether a schedule keeps the rules with leave as it was, but for working in it.

    Leave in two pieces is two short leaves: rules for the days before and after a long one would ask for
    nothing any more.
    """
    leave = {person.id: person.leave for person in before.clinicians}
    people = tuple(
        person.model_copy(update={"leave": leave.get(person.id, person.leave)}) for person in after.clinicians
    )
    if people == after.clinicians:
        return True
    found = examine(after.model_copy(update={"clinicians": people}), schedule).findings
    return all(finding.rule in _OF_LEAVE for finding in found if finding.hard)
