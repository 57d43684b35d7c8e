"""Time off."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem

SICK = ("sick", "sickness", "sick_leave")
"""Kinds of leave that nobody can put off."""


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each span of leave that reaches into the week."""
    first = datetime.combine(problem.week_start, datetime.min.time())
    for person in problem.clinicians:
        for number, span in enumerate(person.leave):
            if span.start < first + timedelta(days=7) and first < span.end:
                begin, end = max(span.start, first), min(span.end, first + timedelta(days=7))
                kind = "" if span.kind == "leave" else f" ({span.kind})"
                what = f"{person.id} is on leave{kind} {words.between(begin, end)}."
                tier = None if span.kind.lower() in SICK else Tier.CONTRACT
                yield Condition("leave", (person.id, number), (person.id,), what, tier)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem without some spans of leave."""
    people = tuple(
        person.model_copy(
            update={"leave": tuple(s for n, s in enumerate(person.leave) if (person.id, n) not in keys)}
        )
        for person in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": people})
