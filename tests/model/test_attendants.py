"""Attendants are given to sessions just where that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from safeschedule.model.attendant_names import assign_attendants
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.represent import represent
from safeschedule.problem import Problem, RuleSetting
from safeschedule.problem.attendants import merged_needs
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment, Schedule
from safeschedule.solving.evaluate import amounts_of
from safeschedule.testing.names import without_names
from safeschedule.testing.strategies import schedules, sound_problems
from safeschedule.verifier import examine

MOST = 200
"""Ways to name attendants that are tried one by one."""


def alone(problem: Problem) -> Problem:
    """Return a problem with the one rule, without pins: who attends is open."""
    book = problem.rulebook
    rules = {name: RuleSetting(enabled=name == "attendants") for name in book.known()}
    nothing = dict.fromkeys(("pinned_appointments", "pinned_groups", "pinned_blocks"), ())
    return problem.model_copy(update={**nothing, "rulebook": book.with_settings(rules)})


def namings(problem: Problem, schedule: Schedule) -> Iterator[Schedule]:
    """Yield the schedule with attendants named in each way that fills every session's places."""
    ways = [list(of_session(problem, given)) for given in schedule.appointments]
    assume(np.prod([len(way) for way in ways], initial=1) <= MOST)
    for chosen in product(*ways):
        named = [
            given.model_copy(update={"attendants": names})
            for given, names in zip(schedule.appointments, chosen, strict=True)
        ]
        yield schedule.model_copy(update={"appointments": tuple(named)})


def of_session(problem: Problem, given: Appointment) -> Iterator[tuple[str, ...]]:
    """Yield who could be named for a session, by number alone."""
    kind = next(kind for kind in problem.session_types if kind.id == given.session_type)
    several = problem.requests if given.group is None else problem.groups
    asked = next(entry for entry in several if entry.id == (given.group or given.request))
    count = sum(merged_needs(kind.needs_attendants, asked.needs_attendants).values())
    yield from permutations([person.id for person in problem.attendants], count)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_model_takes_a_week_just_when_some_naming_is_sound(data: st.DataObject) -> None:
    """If it fails, sessions are left out although interpreters are free, or planned without any."""
    problem = alone(data.draw(sound_problems(max_clinicians=2, pins=False)))
    assume(problem.attendants)
    schedule = without_names(data.draw(schedules(problem)))
    index = Index(problem)
    try:
        rows = represent(index, schedule)
    except ValueError:
        assume(False)
    possible = any(examine(problem, named).compliant for named in namings(problem, schedule))
    accepted = amounts_of(encode(index, rows, fixed=np.ones(len(rows), dtype=bool))) is not None
    assert accepted == possible
    codes = [*index.request_number, *index.group_number]
    named = {
        (codes[int(rows.request[n])], moment_at(problem.week_start, int(rows.start[n]))): names
        for n, names in assign_attendants(index, rows).items()
    }
    full = schedule.model_copy(
        update={
            "appointments": tuple(
                a.model_copy(update={"attendants": named.get((a.group or a.request, a.start), ())})
                for a in schedule.appointments
            )
        }
    )
    if possible:
        assert examine(problem, full).compliant
