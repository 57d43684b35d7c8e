"""A waitlist that is a queue of textbooks: places under a cap, Poisson referrals, exponential treatments."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from safeschedule import Appointment, Problem, Schedule, SimulationAssumptions, SimulationPolicy
from safeschedule.samples import generate
from safeschedule.simulation.arrivals import Outside
from safeschedule.simulation.course import SimulatedCourse
from safeschedule.simulation.planning import Planned
from safeschedule.simulation.streams import Streams
from safeschedule.verifier import examine

QUIET = {
    "no_shows": 1e-9,
    "cancelled_late": 0.0,
    "cancelled_in_time": 0.0,
    "cancelled_by_service": 0.0,
    "crises": (),
    "sick_share": 0.0,
    "leave_weeks": 0.0,
    "leave_days": 0.0,
    "band_up": 0.0,
    "band_down": 0.0,
}
"""Nothing happens but referrals and discharges."""

ALIGNED = (0 + 6 + 5 + 4 + 3) / 5
"""Days from a referral, on any working day, to the Monday from which it counts: the mean."""


def practice(places: int) -> Problem:
    """Return one clinician with so many places and nobody on the caseload; whoever is referred weighs 1."""
    made = generate(1, seed=3, profile="solo")
    like = next(client for client in made.clients if client.clinician is None)
    like = like.model_copy(update={"band": "low", "flags": (), "windows": ()})
    asked = next(request for request in made.requests if request.client == like.id)
    person = made.clinicians[0].model_copy(
        update={"caseload_cap": Decimal(places), "leave": (), "fte": Decimal(1)}
    )
    bands = tuple(b.model_copy(update={"contact_type": None, "review_type": None}) for b in made.bands)
    nothing = {
        "upcoming": (),
        "groups": (),
        "tasks": (),
        "incidents": (),
        "history": made.history.__class__(),
    }
    return made.model_copy(
        update={"clients": (like,), "requests": (asked,), "clinicians": (person,), "bands": bands, **nothing}
    )


def mondays(problem: Problem) -> Planned:
    """Plan the first session of everybody who is allocated on Monday: no queue but that for places."""
    start = datetime.combine(problem.week_start, time(10))
    sessions = tuple(
        Appointment(
            request=asked.id,
            session_type=asked.session_type,
            clients=(asked.client,),
            clinicians=(problem.clinicians[0].id,),
            start=start + timedelta(minutes=5 * number),
            minutes=5,
        )
        for number, asked in enumerate(problem.requests)
        if problem.by_code.clients[asked.client].clinician is None
    )
    made = Schedule(week_start=problem.week_start, time_zone=problem.time_zone, appointments=sessions)
    return made, examine(problem, made)


def practised(places: int, a_week: float, treatment: float, weeks: int, replication: int) -> SimulatedCourse:
    """Return such a practice before its first week."""
    problem = practice(places)
    given = SimulationAssumptions(referrals=a_week, treatment_weeks=treatment, **QUIET)
    outside = Outside(problem, given, Streams(7, replication))
    return SimulatedCourse(problem, outside, SimulationPolicy("queue"), mondays, problem.rulebook, weeks)


def listed(since: date, first: date) -> date:
    """Return the Monday from which somebody is on the list."""
    return max(first, since + timedelta(days=-since.weekday() % 7))


def erlang_wait(servers: int, arrivals: float, service: float) -> float:
    """Return the mean wait of M/M/c before service (Erlang C), in the unit of the service time."""
    load = arrivals * service
    busy = load**servers / math.factorial(servers) * servers / (servers - load)
    waits = busy / (sum(load**k / math.factorial(k) for k in range(servers)) + busy)
    return waits * service / (servers - load)
