"""Time off."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key, gives_way
from safeschedule.problem import Problem

PUT_OFF = frozenset({"annual", "holiday", "leave", "study", "time_off", "training", "unpaid", "vacation"})
"""Kinds of leave that people can be asked to put off; sickness, bereavement and all others are not."""


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each span of leave that reaches into the week."""
    first = datetime.combine(problem.week_start, datetime.min.time())
    setting = problem.rulebook.setting("leave")
    for person in problem.clinicians:
        for number, span in enumerate(person.leave):
            if span.start < first + timedelta(days=7) and first < span.end:
                begin, end = max(span.start, first), min(span.end, first + timedelta(days=7))
                named = "" if span.kind == "leave" else f" ({span.kind})"
                longer = " and longer" if end < span.end else ""
                what = f"{person.id} is on leave{named} {words.between(begin, end)}{longer}."
                kind = span.kind.lower().replace(" ", "_").removesuffix("_leave")
                tier = gives_way(setting) if kind in PUT_OFF else None
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
