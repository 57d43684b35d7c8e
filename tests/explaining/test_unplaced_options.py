"""What blocks an option is enough and needed: asked again of the whole week, rule by rule."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest

from safeschedule import Problem, Schedule, explain_left_out
from safeschedule.explaining.unplaced.answers import Option
from safeschedule.explaining.unplaced.barriers import Barriers, Verdict
from safeschedule.explaining.unplaced.facts import Activity
from safeschedule.explaining.unplaced.week import Week
from safeschedule.explaining.unplaced.words import Wording
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment
from safeschedule.solving.budget import Budget
from tests.explaining.unplaced_weeks import left_out, planned, possible

WEEKS = [(4, 1), (4, 2), (4, 3), (4, 4), (4, 5), (4, 6), (5, 1), (5, 2), (5, 3), (6, 1), (6, 2), (6, 3)]
MANY = [(clinicians, seed) for seed in range(10, 80) for clinicians in (4, 5, 6, 8)]
EACH = 2
HOURS = "working_hours"
OVERLAP = "no_overlap"


def verdicts(problem: Problem, schedule: Schedule, requests: list[str]) -> Iterator[tuple[str, Verdict]]:
    """Give the verdicts on each option of some requests."""
    week = Week(problem, schedule)
    barriers = Barriers(week, Budget(None, None, threading.Event()))
    for request in requests:
        for verdict in barriers.verdicts(week.index.request_number[request]):
            yield request, verdict


def check(problem: Problem, schedule: Schedule, request: str, verdict: Verdict) -> None:
    """Assert that a verdict holds in a model of the whole week."""
    person = problem.clinicians[verdict.place.people[0]].id
    hard = [name for name, setting in problem.rulebook.settings().items() if setting.hard]

    def fits(*names: str) -> bool:
        return possible(problem, schedule, request, person, verdict.place.half, names)

    assert verdict.fits is not None
    assert fits(*hard) == verdict.fits, (request, person, verdict)
    if verdict.fits:
        return
    named = [name for name in verdict.rules if name != OVERLAP]
    assert not fits(*named, OVERLAP), (request, person, verdict)
    if len(verdict.rules) == 1 and not fits(*named):
        # What holds by itself is said whether or not there is time.
        assert fits(), (request, person, verdict)
        return
    for name in verdict.rules:
        rest = [other for other in named if other != name]
        assert fits(*rest, *([] if name == OVERLAP else [OVERLAP])), (request, person, verdict, name)


def check_week(clinicians: int, seed: int, most: int) -> int:
    """Check the verdicts of a made-up week, alike ones once, and give how many were checked."""
    problem, schedule = planned(clinicians, seed)
    seen: dict[tuple[object, ...], Verdict] = {}
    for request, verdict in verdicts(problem, schedule, left_out(problem, schedule)[:EACH]):
        seen.setdefault((request, verdict.place.people, verdict.rules, verdict.fits), verdict)
    for (request, *_), verdict in list(seen.items())[:most]:
        check(problem, schedule, str(request), verdict)
    return len(seen)


def test_named_rules_are_needed_and_enough() -> None:
    """If it fails, people are told of a rule that has nothing to do with it, or not of all that have."""
    assert sum(check_week(*week, most=8) for week in WEEKS) > 30


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="some ten minutes; SAFESCHEDULE_LONG=1")
@pytest.mark.parametrize("week", MANY, ids=str)
def test_named_rules_are_needed_and_enough_in_hundreds_of_weeks(week: tuple[int, int]) -> None:
    """If it fails, an explanation names what is no part of a clash."""
    check_week(*week, most=40)


def test_named_appointments_are_needed() -> None:
    """If it fails, somebody is asked to move an appointment that is not in the way."""
    problem, schedule = planned(4, 1)
    told = 0
    for request, verdict in verdicts(problem, schedule, left_out(problem, schedule)):
        if verdict.rules != (OVERLAP,):
            continue
        for activity in verdict.busy:
            rest = tuple(a for a in schedule.appointments if not _is(problem, a, activity))
            if len(rest) < len(schedule.appointments):
                told += 1
                without = schedule.model_copy(update={"appointments": rest})
                person = problem.clinicians[verdict.place.people[0]].id
                assert possible(problem, without, request, person, verdict.place.half, [OVERLAP])
    assert told


def _is(problem: Problem, appointment: Appointment, activity: Activity) -> bool:
    return appointment.request == activity.name and appointment.start == moment_at(
        problem.week_start, activity.start
    )


def test_every_option_is_told_once() -> None:
    """If it fails, a half-day of somebody who works is passed over, or told twice."""
    problem, schedule = planned(4, 1)
    account = explain_left_out(problem, schedule, time_limit=None)
    for explanation in account.explanations:
        keys = [(o.clinicians, o.day, o.afternoon) for o in explanation.options]
        assert len(set(keys)) == len(keys)
        assert explanation.complete
        told = " ".join(explanation.barriers)
        for option in explanation.options:
            assert all(rule in told for rule in option.rules)


def test_evidence_is_a_sentence_of_the_rule() -> None:
    """If it fails, a clash is told without its figures."""
    problem, schedule = planned(4, 1)
    week = Week(problem, schedule)
    limits = 0
    for request, verdict in verdicts(problem, schedule, left_out(problem, schedule)):
        option: Option = Wording(week, week.index.request_number[request]).option(verdict)
        if option.rules == ("session_limits",):
            limits += 1
            assert any("sessions" in sentence for sentence in option.evidence)
        assert option.evidence or option.rules == (OVERLAP,) or option.fits
    assert limits
