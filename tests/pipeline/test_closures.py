"""A date on which the service is closed is nobody's: nothing is planned there, and nobody is absent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from safeschedule import Closure, Problem, SickCall, replan, solve, suggest, verify
from safeschedule.reports.html import rota_html
from safeschedule.schedule import Schedule
from safeschedule.verifier import WeekNotice

WEDNESDAY = date(2026, 10, 7)
WORK = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue", "wed")]


def team(**more: Any) -> Problem:
    """Give a team of two who cover each other, with two clients."""
    people = [("C1", "C2"), ("C2", "C1")]
    return Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "clinicians": [
                {"id": code, "working": WORK, "is_supervisor": True, "cover": other} for code, other in people
            ],
            "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(2)],
            "session_types": [{"id": "talk", "minutes": 60}],
            "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(2)],
            **more,
        }
    )


def shut() -> Problem:
    """Give the team's week, closed on Wednesday."""
    return team(closures=[{"date": "2026-10-07", "name": "feast <day>"}])


def days(schedule: Schedule) -> set[date]:
    """Give the dates on which something lies."""
    return {entry.start.date() for entry in (*schedule.appointments, *schedule.blocks)}


def test_nothing_lies_on_a_closed_date_and_it_costs_no_cover() -> None:
    """If it fails, people are to work on a holiday, or their absence on it costs what leave would."""
    result = solve(shut(), deterministic_limit=0.5, workers=1)
    assert result.schedule is not None
    assert result.verification is not None
    assert WEDNESDAY not in days(result.schedule)
    assert result.placed == 2
    assert result.verification.penalties["cover"] == 0
    away = [{"start": "2026-10-07T00:00", "end": "2026-10-08T00:00"}]
    people = [c.model_dump(mode="json") | {"leave": away} for c in shut().clinicians]
    assert verify(team(clinicians=people), result.schedule).penalties["cover"] > 0
    page = rota_html(shut(), result.schedule, result.verification)
    assert "closed: feast &lt;day&gt;" in page


def test_what_is_asked_of_a_week_stays_off_a_closed_date() -> None:
    """If it fails, a slot is offered, or a session moved, to a date on which nobody is there."""
    problem = shut()
    result = solve(problem, deterministic_limit=0.5, workers=1)
    assert result.schedule is not None
    empty = Schedule(week_start=problem.week_start)
    slots = suggest(problem, empty, "R0", 50).slots
    assert slots
    assert WEDNESDAY not in {slot.appointment.start.date() for slot in slots}
    call = SickCall(clinician="C2", start=datetime(2026, 10, 5), end=datetime(2026, 10, 6))
    again = replan(problem, result.schedule, [call], deterministic_limit=0.5)
    assert again.schedule is not None
    assert WEDNESDAY not in days(again.schedule)


def test_a_week_that_is_closed_is_empty_and_has_no_faults() -> None:
    """If it fails, the days between the years cannot be planned through, or bring notices of nothing."""
    closures = [Closure(date=f"2026-10-0{day}") for day in (5, 6, 7)]
    problem = team(requests=[]).with_changes(closures=closures)
    result = solve(problem, deterministic_limit=0.5, workers=1)
    assert result.schedule is not None
    assert not days(result.schedule)
    told: tuple[WeekNotice, ...] = result.notices
    assert told == ()


def test_a_pin_on_a_closed_date_is_a_fault() -> None:
    """If it fails, somebody is promised an hour on a date on which nobody is there."""
    pin = {"request": "R0", "clinician": "C1", "start": "2026-10-07T10:00"}
    with pytest.raises(Exception, match="pinned_appointments"):
        team(pinned_appointments=[pin], closures=[{"date": "2026-10-07"}])
