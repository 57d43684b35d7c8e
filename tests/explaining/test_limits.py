"""Limits are judged by a few sessions alone: what is found is what a whole verification finds."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from safeschedule import Problem, Schedule, solve, suggest
from safeschedule.catalogue import Trait, rules
from safeschedule.explaining.unplaced.limits import CountedLimits, appointment_of, dates_of
from safeschedule.model.candidates import suiting, unsifted_sessions
from safeschedule.model.index import Index
from safeschedule.model.rows import groups
from safeschedule.verifier import verify
from safeschedule.verifier.again import Standing
from safeschedule.verifier.finding import Finding
from tests.explaining.unplaced_weeks import left_out, thinned
from tests.solving.weeks import alone, hours

COUNTING = {Trait.COUNTS_CLIENTS, Trait.COUNTS_SESSIONS, Trait.COUNTS_VISITS}
RULES = {name for name, rule in rules().items() if COUNTING & {*rule.traits}}


def tightened(problem: Problem, **most: int) -> Problem:
    """Give the problem with everybody's own limits lower, so that many are reached."""
    people = tuple(person.model_copy(update=most) for person in problem.clinicians)
    return problem.model_copy(update={"clinicians": people})


def whole(problem: Problem, schedule: Schedule) -> Counter[Finding]:
    """Give what a whole verification finds against the rules that count."""
    found = verify(problem, schedule).findings
    return Counter(finding for finding in found if finding.hard and finding.rule in RULES)


@pytest.mark.parametrize("most", [{}, {"daily_sessions": 3, "weekly_sessions": 14, "high_acuity_cap": 2}])
@pytest.mark.slow
def test_limits_are_those_of_the_whole_week(most: dict[str, int]) -> None:
    """If it fails, a limit that is not reached is blamed, or one that is reached is not seen."""
    problem, schedule = thinned(3)
    problem = tightened(problem, **most)
    index, before = Index(problem), whole(problem, schedule)
    limits = CountedLimits(Standing(problem, schedule))
    told = 0
    for code in left_out(problem, schedule)[:6]:
        number = index.request_number[code]
        if index.of_groups[number]:
            continue
        offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
        offered[number] = suiting(index)[number]
        rows = unsifted_sessions(index, offered)
        beyond = limits.beyond(index, index.requests[number], rows)
        for (clinician, day), members in groups(rows.clinician, dates_of(index, rows)):
            given = appointment_of(index, index.requests[number], rows, int(members[-1]))
            after = schedule.model_copy(update={"appointments": (*schedule.appointments, given)})
            expected = whole(problem, after) - before
            assert Counter(beyond.get((clinician, day), ())) == expected, (code, clinician, day)
            told += len(expected)
    assert bool(told) or not most


@pytest.mark.parametrize(
    ("points", "kind", "named"), [(3, "impossible", "(P2)"), (2, "blocked", "(P1 and P2)")]
)
def test_a_cap_names_others_only_where_they_are_in_the_way(points: int, kind: str, named: str) -> None:
    """If it fails, somebody strikes another client's session, and this one still has no place."""
    problem = alone(
        clinicians=[{"id": "C1", "working": hours("mon", "tue"), "caseload_cap": 2}],
        clients=[{"id": "P1", "points": 1}, {"id": "P2", "points": points}],
        requests=[
            {"id": f"R{n}", "client": f"P{n}", "session_type": "talk", "priority": 6 - n} for n in (1, 2)
        ],
    )
    schedule = solve(problem, deterministic_limit=5, workers=1).schedule
    assert schedule is not None
    (entry,) = schedule.left_out
    assert (entry.request, entry.kind, entry.rules) == ("R2", kind, ("caseload_cap",))
    assert named in entry.reason
    # Whoever looks for a slot hears the same.
    assert named in suggest(problem, schedule, "R2").reason
