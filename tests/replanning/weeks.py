"""Small weeks with schedules, and changes drawn for them."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from safeschedule import solve
from safeschedule.problem import Client, Flag, Problem, Request
from safeschedule.replanning import (
    CancelledSession,
    Change,
    ChangedHours,
    LostRoom,
    NewRequest,
    RiskFlag,
    SickCall,
)
from safeschedule.samples import generate
from safeschedule.schedule import Schedule
from tests.solving.weeks import team

LIMIT = 1.0
"""Deterministic units of a plan made again: enough for these weeks, and the same on every machine."""


@cache
def planned(seed: int = 0) -> tuple[Problem, Schedule]:
    """Return a made-up team of four with its week, or (seed 0) the hand-written one."""
    problem = generate(clinicians=4, seed=seed) if seed else team()
    result = solve(problem, deterministic_limit=2.0, workers=1, seed=1)
    assert result.schedule is not None
    return problem, result.schedule


@cache
def crowded() -> tuple[Problem, Schedule]:
    """Return a made-up team of four with a full week, in which who is ill is hard to do without."""
    week = (Path(__file__).parent / "week-of-four.json").read_text()
    return generate(clinicians=4, seed=1), Schedule.model_validate_json(week)


def at(problem: Problem, day: int, hour: int) -> datetime:
    """Return an hour of one of the week's dates."""
    return datetime.combine(problem.week_start, datetime.min.time()) + timedelta(days=day, hours=hour)


def new_request(problem: Problem, code: str = "new-1", **asked: object) -> NewRequest:
    """Return a request of a new client for the first session type without skills."""
    kind = next(t.id for t in problem.session_types if not t.skills and t.largest == 1)
    given = {
        "id": f"R {code}",
        "client": code,
        "session_type": kind,
        "mode": "either",
        "priority": 5,
        **asked,
    }
    return NewRequest(request=Request.model_validate(given), client=Client(id=code))


@st.composite
def changes_of(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> list[Change]:
    """Draw one to three changes of different kinds, for the time after a moment."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))
    return [draw(kind(problem, schedule, freeze)) for kind in kinds]


@st.composite
def _sick(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> Change:
    del schedule
    who, other = draw(st.permutations([c.id for c in problem.clinicians]))[:2]
    start = max(freeze, at(problem, draw(st.integers(0, 4)), draw(st.sampled_from([0, 12]))))
    cover = draw(st.sampled_from([None, other]))
    return SickCall(clinician=who, start=start, end=start + timedelta(hours=12), cover=cover)


@st.composite
def _new(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> Change:
    del schedule, freeze
    return new_request(problem, priority=draw(st.sampled_from([3, 5])))


@st.composite
def _cancelled(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> Change:
    ahead = [a for a in schedule.appointments if a.start >= freeze and a.request is not None]
    if not ahead:
        return draw(_new(problem, schedule, freeze))
    session = draw(st.sampled_from(ahead))
    return CancelledSession(request=session.request, start=session.start, rebook=draw(st.booleans()))


@st.composite
def _room(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> Change:
    if not problem.rooms:
        return draw(_new(problem, schedule, freeze))
    room = draw(st.sampled_from(problem.rooms))
    start = max(freeze, at(problem, draw(st.integers(0, 4)), 10))
    return LostRoom(room=room.id, start=start, end=start + timedelta(hours=draw(st.integers(1, 6))))


@st.composite
def _flag(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> Change:
    del schedule, freeze
    client = draw(st.sampled_from(problem.clients))
    flag = draw(st.sampled_from([f for f in Flag if f not in client.flags] or [Flag.VOLATILE]))
    band = draw(st.sampled_from([b.id for b in problem.bands if b.id != client.band]))
    return RiskFlag(client=client.id, flag=flag, band=band)


@st.composite
def _hours(draw: st.DrawFn, problem: Problem, schedule: Schedule, freeze: datetime) -> Change:
    del schedule, freeze
    person = draw(st.sampled_from(problem.clinicians))
    dropped = draw(st.integers(0, len(person.working) - 1))
    left = tuple(period for n, period in enumerate(person.working) if n != dropped)
    return ChangedHours(clinician=person.id, working=left)


KINDS = (_sick, _new, _cancelled, _room, _flag, _hours)
