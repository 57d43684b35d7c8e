"""Attendants: interpreters, chaperones, students, who are needed in sessions and have no caseload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field, StrictBool

from safeschedule.problem.clock import OverMidnight
from safeschedule.problem.entity import LONG, SHORT, Code, Entity
from safeschedule.problem.people import Leave, WorkingPeriod
from safeschedule.problem.taking import Entries, Many, usual


class AttendantNeed(Entity):
    """So many attendants with a skill in each session of a type, a request or a group.

    Examples
    --------
    >>> from safeschedule import AttendantNeed
    >>> AttendantNeed(skill="interpreter:fa").count
    1
    """

    skill: Code
    count: int = Field(default=1, ge=1, le=10, strict=True)


AttendantNeeds = Annotated[Entries[AttendantNeed], Field(max_length=10)]
"""What one session needs; of several entries for one skill the largest counts."""


class Attendant(Entity):
    """Somebody who attends sessions of others: an interpreter, a chaperone, a student.

    Parameters
    ----------
    id
        A code, not a name, that no clinician has.
    skills
        What the attendant can be asked for, such as ``interpreter:fa`` or ``chaperone``.
    working
        Working periods by weekday; in one without a site the attendant is where needed.
    sites
        Where the attendant may be in periods that name no site; empty: anywhere.
    telehealth
        Whether the attendant attends sessions by telehealth, too.
    weekly_minutes
        Most minutes in sessions in the week; ``None``: as many as the periods hold.
    leave
        Time off, and time that is booked elsewhere.

    Examples
    --------
    >>> from safeschedule import Attendant, Weekday, WorkingPeriod
    >>> monday = WorkingPeriod(day=Weekday.MON, start=9 * 60, end=13 * 60)
    >>> Attendant(id="I1", skills=("interpreter:fa",), working=(monday,)).telehealth
    True
    """

    id: Code
    skills: Many[Code] = Field(min_length=1, max_length=SHORT)
    working: Annotated[Entries[WorkingPeriod], OverMidnight] = Field(max_length=LONG)
    sites: Many[Code] = Field(default=usual(()), max_length=SHORT)
    telehealth: StrictBool = True
    weekly_minutes: int | None = Field(default=None, ge=0, le=7 * 24 * 60, strict=True)
    leave: Entries[Leave] = Field(default=usual(()), max_length=LONG)


def merged_needs(*needs: tuple[AttendantNeed, ...]) -> dict[str, int]:
    """Return how many attendants with each skill are needed by all of these together, in order."""
    found: dict[str, int] = {}
    for need in (each for several in needs for each in several):
        found[need.skill] = max(need.count, found.get(need.skill, 0))
    return found


def filled(needs: Mapping[str, int], people: Sequence[Attendant]) -> list[Attendant] | None:
    """Return who fills all needed places, nobody two of them; those that come first are preferred."""

    def fill(places: list[str], free: Sequence[Attendant]) -> list[Attendant] | None:
        if not places:
            return []
        for person in free:
            if places[0] in person.skills:
                rest = fill(places[1:], [other for other in free if other is not person])
                if rest is not None:
                    return [person, *rest]
        return None

    return fill([skill for skill, count in needs.items() for _ in range(count)], people)
