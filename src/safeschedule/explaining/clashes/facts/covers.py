"""Named covers of those on leave, where the team has somebody else who might do it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.model.absences import free_on, worked_on
from safeschedule.model.index import Index
from safeschedule.model.spans import DAYS
from safeschedule.problem import Problem
from safeschedule.problem.clock import DAY


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each named cover of somebody away whom others could cover."""
    setting = problem.rulebook.setting("cover")
    if not (setting.enabled and setting.hard):
        return
    for code, other in _others(problem, {c.id for c in problem.clinicians if c.cover is not None}).items():
        person = problem.by_code.clinicians[code]
        if other is not None and person.cover is not None:
            what = f"{person.cover} is the named cover of {code}."
            yield Condition("cover", (code,), (code, person.cover), what, Tier.SERVICE)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which others cover some clinicians."""
    others = _others(problem, {str(code) for (code,) in keys})
    people = tuple(
        person.model_copy(update={"cover": others[person.id]}) if others.get(person.id) else person
        for person in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": people})


def instead(problem: Problem, code: str) -> str | None:
    """Return who would cover a clinician instead of the one who is named."""
    return _others(problem, {code})[code]


def _others(problem: Problem, codes: Collection[str]) -> dict[str, str | None]:
    """Return by clinician who else can cover the most dates of absence; ``None`` where nobody can any."""
    index, least = Index(problem), problem.rulebook.setting("cover").whole("minutes")
    return {c.id: _other(index, number, least) for number, c in enumerate(index.clinicians) if c.id in codes}


def _other(index: Index, absent: int, least: int) -> str | None:
    person = index.clinicians[absent]
    dates = [d for d in range(DAYS) if worked_on(index, absent, d) and not free_on(index, absent, d)]
    covered = {
        other.id: sum(_there(index, number, day, least) for day in dates)
        for number, other in enumerate(index.clinicians)
        if other.id not in (person.id, person.cover) and (other.role == person.role or other.is_supervisor)
    }
    best = max(covered, key=lambda code: covered[code], default=None)
    return best if best is not None and covered[best] else None


def _there(index: Index, clinician: int, day: int, least: int) -> bool:
    return any(start // DAY == day and end - start >= least for start, end in index.free[clinician])
