"""Named supervisors, where the team has somebody else who might do it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each clinician with a named supervisor who is not the only one."""
    leads = {person.id for person in problem.clinicians if person.is_supervisor}
    for person in problem.clinicians:
        if person.supervisor is not None and leads - {person.id, person.supervisor}:
            what = f"{person.supervisor} is the named supervisor of {person.id}."
            yield Condition("supervisor", (person.id,), (person.id, person.supervisor), what, Tier.SERVICE)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which anybody may supervise some clinicians."""
    people = tuple(
        person.model_copy(update={"supervisor": None}) if (person.id,) in keys else person
        for person in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": people})
