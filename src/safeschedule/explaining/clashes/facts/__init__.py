"""Facts of a week that may be part of a clash; each kind says which there are, and what is without some.

A module has ``find(problem)``, which yields conditions, and ``drop(problem, keys)``, which returns the
problem in which the facts with these keys no longer stand in the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from types import MappingProxyType, ModuleType

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.facts import (
    contacts,
    covers,
    groups,
    hours,
    incidents,
    leave,
    meetings,
    pins,
    requests,
    supervisors,
    times,
)
from safeschedule.problem import PinnedAppointment, PinnedBlock, PinnedGroup, Problem

KINDS: Mapping[str, ModuleType] = MappingProxyType(
    {
        "pin": pins,
        "request": requests,
        "contact": contacts,
        "incident": incidents,
        "supervisor": supervisors,
        "cover": covers,
        "meeting": meetings,
        "group": groups,
        "times": times,
        "leave": leave,
        "hours": hours,
    }
)
"""By kind, those first that make an explanation short."""


def date_of(problem: Problem, fact: Condition) -> date | None:
    """Return the date of a fact that takes time on one date; ``None`` for all others."""
    if fact.kind == "pin":
        place, number = fact.key
        pin: PinnedAppointment | PinnedGroup | PinnedBlock = getattr(problem, str(place))[int(number)]
        return pin.start.date()
    if fact.kind == "meeting":
        return problem.meetings[int(fact.key[0])].start.date()
    return None


def find_facts(problem: Problem) -> Iterator[Condition]:
    """Yield every fact of a problem."""
    for kind in KINDS.values():
        yield from kind.find(problem)


def without(problem: Problem, facts: Collection[Condition]) -> Problem:
    """Return the problem in which these facts no longer stand in the way."""
    for name, kind in KINDS.items():
        keys = {fact.key for fact in facts if fact.kind == name}
        if keys:
            problem = kind.drop(problem, keys)
    return problem
