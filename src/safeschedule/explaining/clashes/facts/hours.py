"""Working hours; without them a clinician may work on any date of the team's week, early and late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Clinician, Problem, Weekday, WorkingPeriod

EARLY, LATE = 7 * 60, 20 * 60
"""How early and late in the day more hours are looked for, where nobody works earlier or later."""


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each clinician with working hours."""
    for person in problem.clinicians:
        if person.working:
            what = f"{person.id} works {words.windows(person.working)}{_where(person)}"
            if person.contracted_minutes is not None:
                what += f", and at most {words.duration(person.contracted_minutes)} a week"
            yield Condition("hours", (person.id,), (person.id,), f"{what}.", Tier.CONTRACT)


def _where(person: Clinician) -> str:
    sites = sorted({period.site for period in person.working if period.site is not None})
    return f" at {words.listing(sites)}" if sites else ""


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which some clinicians work all day, at any site."""
    days = sorted({p.day.number for c in problem.clinicians for p in c.working} | set(range(5)))
    people = tuple(_open(person, days) if (person.id,) in keys else person for person in problem.clinicians)
    return problem.model_copy(update={"clinicians": people})


def _open(person: Clinician, days: list[int]) -> Clinician:
    start = min([EARLY, *(p.start for p in person.working)])
    end = max([LATE, *(p.end for p in person.working)])
    names = list(Weekday)
    periods = tuple(WorkingPeriod(day=names[day], start=start, end=end) for day in days)
    update: dict[str, Any] = {"working": periods, "contracted_minutes": None, "sites": ()}
    return person.model_copy(update=update)
