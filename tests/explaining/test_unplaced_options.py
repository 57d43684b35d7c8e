"""What blocks an option is enough and needed: asked again of the whole week, rule by rule."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator

import pytest

from safeschedule import Problem, Schedule
from safeschedule.explaining.unplaced.answers import Option
from safeschedule.explaining.unplaced.barriers import Barriers, OptionVerdict
from safeschedule.explaining.unplaced.facts import Commitment
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.words import Wording, barriers
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment
from safeschedule.solving.budget import Budget
from tests.explaining.unplaced_weeks import left_out, planned, possible, thinned

WEEKS = 12
PROFILES = (
    "community",
    "over_demand",
    "part_time",
    "scarce_skills",
    "few_rooms",
    "restricted_clients",
    "trauma",
)
MANY = 300
OVERLAP = "no_overlap"


def verdicts(
    problem: Problem, schedule: Schedule, requests: list[str]
) -> Iterator[tuple[str, OptionVerdict]]:
    """Give the verdicts on each option of some requests."""
    week = Ground(problem, schedule)
    barriers = Barriers(week, Budget(None, None, threading.Event()))
    for request in requests:
        for verdict in barriers.verdicts(week.index.request_number[request]):
            yield request, verdict


def check(problem: Problem, schedule: Schedule, request: str, verdict: OptionVerdict) -> None:
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


def check_request(problem: Problem, schedule: Schedule, code: str, most: int) -> int:
    """Check verdicts on a request, alike ones once and the longest first; give how many were checked."""
    alike: dict[tuple[object, ...], OptionVerdict] = {}
    for _, verdict in verdicts(problem, schedule, [code]):
        alike.setdefault((verdict.rules, verdict.fits), verdict)
    for verdict in sorted(alike.values(), key=lambda v: -len(v.rules))[:most]:
        check(problem, schedule, code, verdict)
    return min(len(alike), most)


@pytest.mark.slow
def test_named_rules_are_needed_and_enough() -> None:
    """If it fails, people are told of a rule that has nothing to do with it, or not of all that have."""
    checked = 0
    for seed in range(WEEKS):
        problem, schedule = thinned(seed)
        code = random.Random(seed).choice(left_out(problem, schedule))
        checked += check_request(problem, schedule, code, most=1 + (seed % 4 == 0))
    assert checked > WEEKS


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="half an hour; SAFESCHEDULE_LONG=1")
@pytest.mark.slow
@pytest.mark.long
def test_named_rules_are_needed_and_enough_in_hundreds_of_weeks() -> None:
    """If it fails, an explanation names what is no part of a clash."""
    checked = 0
    for seed in range(MANY):
        profile = PROFILES[seed % len(PROFILES)]
        problem, schedule = planned(4 + seed % 5, seed, profile)
        for code in left_out(problem, schedule)[:3]:
            checked += check_request(problem, schedule, code, most=20)
    assert checked > 2 * MANY


@pytest.mark.slow
def test_named_appointments_are_needed() -> None:
    """If it fails, somebody is asked to move an appointment that is not in the way."""
    problem, schedule = thinned(5)
    told = 0
    for request, verdict in verdicts(problem, schedule, left_out(problem, schedule)):
        if verdict.rules != (OVERLAP,) or told > 2:
            continue
        for activity in verdict.busy:
            rest = tuple(a for a in schedule.appointments if not _is(problem, a, activity))
            if len(rest) < len(schedule.appointments):
                told += 1
                without = schedule.model_copy(update={"appointments": rest})
                person = problem.clinicians[verdict.place.people[0]].id
                assert possible(problem, without, request, person, verdict.place.half, [OVERLAP])
    assert told


def _is(problem: Problem, appointment: Appointment, activity: Commitment) -> bool:
    return appointment.request == activity.name and appointment.start == moment_at(
        problem.week_start, activity.start
    )


def test_every_option_is_told_once() -> None:
    """If it fails, a half-day of somebody who works is passed over, or told twice."""
    problem, schedule = planned(4, 1)
    (code, *_) = left_out(problem, schedule)
    week = Ground(problem, schedule)
    wording = Wording(week, week.index.request_number[code])
    options = [wording.option(verdict) for _, verdict in verdicts(problem, schedule, [code])]
    keys = {(o.clinicians, o.day, o.afternoon) for o in options}
    worked = {(person.id, period.day) for person in problem.clinicians for period in person.working}
    assert len(keys) == len(options)
    assert len(keys) > len(worked)
    told = " ".join(barriers(options))
    assert all(rule in told for option in options for rule in option.rules)


def test_evidence_is_a_sentence_of_the_rule() -> None:
    """If it fails, a clash is told without its figures."""
    problem, schedule = planned(4, 1)
    week = Ground(problem, schedule)
    limits = 0
    for request, verdict in verdicts(problem, schedule, left_out(problem, schedule)[2:4]):
        option: Option = Wording(week, week.index.request_number[request]).option(verdict)
        if option.rules == ("session_limits",):
            limits += 1
            assert any("sessions" in sentence for sentence in option.evidence)
        assert option.evidence or option.rules == (OVERLAP,) or option.fits
    assert limits


@pytest.mark.slow
def test_no_evidence_is_gathered_when_the_time_is_over() -> None:
    """If it fails, a large team waits for minutes beyond the limit, and Ctrl-C is not heard."""
    problem, schedule = planned(4, 1)
    week = Ground(problem, schedule)
    stop = threading.Event()
    stop.set()
    number = week.index.request_number[left_out(problem, schedule)[2]]
    budget = Budget(None, None, stop)
    found = list(Barriers(week, budget).verdicts(number))
    assert any(verdict.fits is None for verdict in found)
    assert not any(verdict.finding or verdict.examples for verdict in found)
    options = [Wording(week, number, budget).option(verdict) for verdict in found if verdict.rules]
    assert options
    assert all(f"({', '.join(option.rules)})" in " ".join(barriers(options)) for option in options)
