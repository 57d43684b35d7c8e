"""Meetings fixed by others, one condition for each clinician in each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition, Key
from safeschedule.problem import Problem


def find(problem: Problem) -> Iterator[Condition]:
    """Yield a condition for each clinician in each meeting of the week."""
    start, end = problem.week_start, problem.week_start + timedelta(days=7)
    for number, meeting in enumerate(problem.meetings):
        if not start <= meeting.start.date() < end:
            continue
        when = words.between(meeting.start, meeting.start + timedelta(minutes=meeting.minutes))
        for code in dict.fromkeys(meeting.clinicians):
            what = f"{code} is in the meeting {meeting.id}, {when}."
            yield Condition("meeting", (number, code), (code,), what, Tier.SERVICE)


def drop(problem: Problem, keys: Collection[Key]) -> Problem:
    """Return the problem in which some clinicians are excused from some meetings."""
    kept = []
    for number, meeting in enumerate(problem.meetings):
        people = tuple(code for code in meeting.clinicians if (number, code) not in keys)
        if people:
            kept.append(meeting.model_copy(update={"clinicians": people}))
    return problem.model_copy(update={"meetings": tuple(kept)})
