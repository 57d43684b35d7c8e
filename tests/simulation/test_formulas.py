"""Simulated measures are those of formulas, where there are any."""

import math
import threading
from collections import Counter
from statistics import mean, stdev

import pytest

from safeschedule import SimulationAssumptions
from safeschedule.actuals import Attendance
from safeschedule.problem import Kind
from safeschedule.samples import generate
from safeschedule.samples.no_shows import FIRST, FOLLOWING
from safeschedule.simulation.arrivals import Outside
from safeschedule.simulation.planning import planner
from safeschedule.simulation.streams import Streams
from safeschedule.simulation.unfolding import Unfolding
from safeschedule.study.intervals import interval
from tests.simulation.queue import ALIGNED, erlang_wait, listed, practised


def test_little_law_holds_of_the_waitlist_to_the_day() -> None:
    """Waits or the length of the list would be counted wrongly: the list's sum is not that of all waits."""
    course = practised(places=3, a_week=0.4, treatment=8.0, weeks=40, replication=0)
    first = course.problem.week_start
    weeks = [course.week(number) for number in range(1, 41)]
    taken = [each for week in weeks for each in week.actuals.first_contacts or ()]
    waits = [each.on - listed(each.referred, first) for each in taken if each.referred is not None]
    left = [client.waiting_since for client in course.problem.clients if client.clinician is None]
    waits += [course.problem.week_start - listed(since, first) for since in left if since is not None]
    assert len(taken) > 5
    assert 7 * sum(week.counts["waiting"] for week in weeks) == sum(wait.days for wait in waits)


@pytest.mark.slow
def test_waits_are_those_of_a_queue_with_so_many_servers() -> None:
    """The waitlist would not be a queue for places: its waits are not those of Erlang's formula."""
    places, rate, treatment = 3, 0.1, 20.0
    # Treatments are rounded up to weeks, and the week of the first session is a whole one.
    service = 1 + 1 / (1 - math.exp(-1 / treatment))
    waits = []
    for replication in range(8):
        course = practised(places, rate, treatment, 520, replication)
        weeks = [course.week(number) for number in range(1, 521)][60:]
        waits.append(sum(w.counts["waited_days"] for w in weeks) / sum(w.counts["taken"] for w in weeks))
    low, high = interval(waits, 0.99) or (0.0, 0.0)
    assert low <= 7 * erlang_wait(places, rate, service) + ALIGNED <= high


def test_no_shows_are_the_share_that_is_assumed() -> None:
    """A simulation would have more or fewer no-shows than it was told to have."""
    problem = generate(3, seed=5)
    people = [c.model_copy(update={"attendance": None}) for c in problem.clients]
    problem = problem.model_copy(update={"clients": tuple(people)})
    planned = planner(0, 0, threading.Event())(problem)
    assert planned is not None
    given = SimulationAssumptions(sick_share=0.0, crises=())
    seen: dict[bool, Counter[bool]] = {True: Counter(), False: Counter()}
    for replication in range(40):
        outside = Outside(problem, given, Streams(1, replication))
        week = Unfolding(problem, planned[0], outside, 1, {}, Counter()).go()
        for visit in week.visits:
            seen[visit.kind is Kind.INTAKE][visit.outcome is Attendance.NO_SHOW] += 1
    for first, share in ((True, FIRST), (False, FOLLOWING)):
        count = seen[first].total()
        assert abs(seen[first][True] / count - share) < 4 * math.sqrt(share * (1 - share) / count)


def test_sickness_and_referrals_come_as_often_as_assumed() -> None:
    """Days off sick or referrals would be more or fewer than the file says."""
    problem = generate(3, seed=5)
    outside = Outside(problem, SimulationAssumptions(sick_share=0.05, sick_days=2.0), Streams(1, 0))
    days = [len(outside.sick(f"C{number}", 100)) / 500 for number in range(100)]
    assert abs(mean(days) - 0.05) < 4 * stdev(days) / 10
    fte = float(sum(person.fte for person in problem.clinicians))
    counts = [len(outside.referrals(number)) for number in range(1, 301)]
    assert abs(mean(counts) - fte) < 4 * math.sqrt(fte / 300)
