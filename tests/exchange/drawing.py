"""Weeks and calendars as tests draw them for round trips."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule, identified
from safeschedule.testing.strategies import schedules, sound_problems

COUNT = 200
"""How many are drawn where a round trip is held to all of them; fewer in the quick tests."""

drawn_problems = sound_problems(max_clinicians=4, max_sessions=6, max_days=6)
LENIENT = settings(deadline=None, suppress_health_check=list(HealthCheck))


def examples(quick: int) -> int:
    """Return how many examples a test draws: all of them in the tests that take hours."""
    return COUNT if os.environ.get("SAFESCHEDULE_LONG") else quick


@st.composite
def drawn_weeks(draw: st.DrawFn) -> tuple[Problem, Schedule]:
    """Draw a problem and a schedule over it whose entries have ids."""
    problem = draw(drawn_problems)
    return problem, identified(draw(schedules(problem)))


@dataclass(frozen=True)
class Busy:
    """A time in which somebody is busy, and how a calendar program writes it."""

    start: datetime
    end: datetime
    whole: bool
    away: bool
    form: str
    """``utc``, ``zone`` or ``floating``."""


@st.composite
def drawn_busy(draw: st.DrawFn, monday: datetime) -> list[Busy]:
    """Draw busy times of one person that do not overlap, some of them whole days or out of office."""
    found: list[Busy] = []
    at = monday
    while len(found) < 6 and at < monday + timedelta(days=7):
        at += timedelta(minutes=15 * draw(st.integers(0, 160)))
        if draw(st.integers(0, 3)) == 0:
            first = datetime.combine(at.date(), time()) + timedelta(days=1)
            last = first + timedelta(days=draw(st.integers(1, 3)))
            busy = Busy(first, last, whole=True, away=True, form="floating")
        else:
            minutes = 15 * draw(st.integers(1, 24))
            form = draw(st.sampled_from(["utc", "zone", "floating"]))
            end = at + timedelta(minutes=minutes)
            busy = Busy(at, end, whole=False, away=draw(st.integers(0, 3)) == 0, form=form)
        at = busy.end
        if busy.start < monday + timedelta(days=7):
            found.append(busy)
    return found
