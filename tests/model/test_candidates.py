"""Candidates: what rules forbid row by row is left out, and nothing else is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeschedule import Problem, Schedule
from safeschedule.catalogue import rules
from safeschedule.model.candidates import candidates
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.registry import all_encoders
from safeschedule.model.represent import represent
from safeschedule.model.rows import Role, Rows
from safeschedule.problem import Mode
from safeschedule.testing.strategies import schedules, sound_problems
from safeschedule.verifier import examine
from tests.model.test_representing import plain
from tests.solving.drawn import easy_problems, with_rules, without
from tests.solving.weeks import team
from tests.solving.whole import solve_rows, solve_whole

BY_ROW = tuple(name for name, encoder in all_encoders().items() if encoder.amounts is not None)
"""Rules that look at a row alone."""


def only_by_row(problem: Problem) -> Problem:
    """Return the problem with only those rules that look at a row alone, and no sums over the week."""
    people = tuple(c.model_copy(update={"contracted_minutes": None}) for c in problem.clinicians)
    given = problem.model_copy(update={"clinicians": people})
    return without(given, *(name for name in rules() if name not in BY_ROW))


def sessions_of(rows: Rows) -> set[tuple[int, ...]]:
    """Return the rows of sessions."""
    return {r for r in rows.records() if r[0] >= 0}


def attended(problem: Problem, single: Schedule) -> Iterator[Schedule]:
    """Yield the schedule of one session with any attendants: a row leaves open who they are."""
    everybody = [person.id for person in problem.attendants]
    for count in range(len(everybody) + 1):
        for some in combinations(everybody, count):
            (session,) = single.appointments
            yield single.model_copy(
                update={"appointments": (session.model_copy(update={"attendants": some}),)}
            )


@settings(max_examples=60)
@given(st.data())
def test_a_session_is_a_candidate_when_it_is_possible_by_itself(data: st.DataObject) -> None:
    """If it fails, the search cannot use a time that is allowed, or may use one that is not."""
    problem = only_by_row(data.draw(sound_problems(pins=False)))
    schedule = plain(data.draw(schedules(problem)))
    index = Index(problem)
    offered = sessions_of(candidates(index))
    # Those of groups are several rows that need each other.
    for appointment in (a for a in schedule.appointments if a.group is None):
        single = Schedule(
            week_start=problem.week_start, time_zone=problem.time_zone, appointments=(appointment,)
        )
        (record,) = sessions_of(represent(index, single))
        # A place without a site is no place of a row.
        assume(appointment.site is not None or not problem.sites or appointment.mode is Mode.TELEHEALTH)
        # Sessions are planned to start on a grid of their own; of what is done elsewhere nobody asks it.
        on_grid = index.minute(appointment.start) % problem.session_grid == 0
        possible = on_grid and any(examine(problem, each).compliant for each in attended(problem, single))
        assert (record in offered) == possible, (appointment, examine(problem, single))


@settings(max_examples=10)
@given(easy_problems())
@pytest.mark.slow
def test_pruning_loses_nothing(problem: Problem) -> None:
    """If it fails, rows that a schedule could use are thrown away before the search."""
    check_pruning(problem)


@pytest.mark.slow
@settings(max_examples=40)
@given(easy_problems())
def test_pruning_loses_nothing_in_more_weeks(problem: Problem) -> None:
    """If it fails, rows that only a rarer week could use are thrown away before the search."""
    check_pruning(problem)


def check_pruning(problem: Problem) -> None:
    """Assert that the best of all rows is the best of those that are left."""
    open_problem = with_rules(problem, {name: {"hard": False} for name in BY_ROW})
    index = Index(problem)
    every, pruned = candidates(Index(open_problem)), candidates(index)
    assert set(pruned.records()) <= set(every.records())
    best = solve_rows(index, every)
    whole = solve_rows(index, pruned)
    assert (best is None) == (whole is None)
    if best is not None and whole is not None:
        assert best.best == whole.best
        assert set(best.rows.records()) <= set(pruned.records())


@pytest.mark.slow
@settings(max_examples=20)
@given(easy_problems())
def test_no_row_of_a_pruned_problem_breaks_a_rule_by_itself(problem: Problem) -> None:
    """If it fails, the search is offered sessions that it has to find out to be impossible."""
    given = only_by_row(problem)
    index = Index(given)
    rows = candidates(index)
    sessions = np.flatnonzero(rows.is_session)
    assume(len(sessions))
    for number in sessions[:: max(1, len(sessions) // 8)]:
        single = plain(extract(index, rows.take(np.array([number]))))
        pins = given.model_copy(update={"pinned_appointments": (), "pinned_blocks": ()})
        assert any(examine(pins, each).compliant for each in attended(given, single))


@settings(max_examples=40)
@given(sound_problems())
def test_rows_are_all_different(problem: Problem) -> None:
    """If it fails, the model has the same placement twice, and a block may be counted twice."""
    records = candidates(Index(problem)).records()
    assert max(Counter(records).values(), default=1) == 1


@settings(max_examples=40)
@given(sound_problems())
def test_nobody_attends_what_nobody_can_host(problem: Problem) -> None:
    """If it fails, somebody is offered a consultation at a time when its host is away."""
    rows = candidates(Index(problem))
    attend, host = rows.role == Role.ATTEND, rows.role == Role.HOST
    hosted = {
        tuple(r) for r in np.stack([rows.clinician, rows.start, rows.minutes, rows.kind])[:, host].T.tolist()
    }
    wanted = {
        tuple(r) for r in np.stack([rows.partner, rows.start, rows.minutes, rows.kind])[:, attend].T.tolist()
    }
    assert wanted <= hosted


def test_whole_model_is_not_empty() -> None:
    """If it fails, the tests of this file compare two models that can do nothing."""
    whole = solve_whole(team())
    assert whole is not None
    assert whole.rows.is_session.sum() == 9
