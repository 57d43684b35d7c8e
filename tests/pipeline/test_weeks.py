"""Whole weeks with something special in them are planned and verified."""

from __future__ import annotations

import itertools
import threading
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from safeschedule import Problem, Result, solve, verify
from safeschedule.problem import PRESETS
from safeschedule.result import Status
from safeschedule.samples import sample
from safeschedule.solving.progress import Progress
from tests.solving.weeks import BARE, OFF, alone, crowded, hours, team

CHANGES = {
    "Europe/London": ("2026-10-19", "2026-10-25", "01:00", "02:00"),
    "America/New_York": ("2026-03-02", "2026-03-08", "02:00", "03:00"),
    "Australia/Lord_Howe": ("2026-09-28", "2026-10-04", "02:00", "02:30"),
}
"""Week, date of the clock change, and the local time that is repeated or does not exist."""


def planned(problem: Problem, **options: Any) -> Result:
    """Return the result of a short repeatable solve, and assert that the verifier accepts it."""
    result = solve(problem, **{"deterministic_limit": 2.0, "workers": 1} | options)
    assert result.schedule is not None, result.explanation
    assert verify(problem, result.schedule).compliant
    return result


@pytest.mark.parametrize("zone", CHANGES)
def test_clock_change(zone: str) -> None:
    """If it fails, a session is put into an hour that the clock change skips or repeats."""
    week, day, first, last = CHANGES[zone]
    night = alone(
        week_start=week,
        time_zone=zone,
        clinicians=[{"id": "C1", "working": hours("sun", start="00:00", end="05:00")}],
        requests=[{"id": "R1", "client": "P1", "session_type": "talk", "count": 4}],
        rulebook={"rules": BARE | {"client_spacing": OFF, "session_limits": OFF, "breaks": OFF}},
    )
    result = planned(night)
    assert result.status is Status.OPTIMAL
    assert result.schedule is not None
    skipped = (datetime.fromisoformat(f"{day}T{first}"), datetime.fromisoformat(f"{day}T{last}"))
    # Five hours less the odd one, which parts them so that only whole hours beside it can be used.
    before, after = (
        skipped[0].hour,
        (datetime.fromisoformat(f"{day}T05:00") - skipped[1]) // timedelta(hours=1),
    )
    assert result.placed == min(4, before + after)
    for session in result.schedule.appointments:
        assert session.start + timedelta(minutes=60) <= skipped[0] or session.start >= skipped[1]


def _moved(problem: Problem, week: date, zone: str) -> Problem:
    """Return a problem in another week and zone, with the dates of its clients as far back as before."""
    by = week - problem.week_start
    clients = tuple(
        client.model_copy(
            update={
                name: None if getattr(client, name) is None else getattr(client, name) + by
                for name in ("waiting_since", "last_contact", "next_review")
            }
        )
        for client in problem.clients
    )
    return problem.model_copy(update={"week_start": week, "time_zone": zone, "clients": clients})


@pytest.mark.parametrize("zone", CHANGES)
def test_team_in_a_week_with_a_clock_change(zone: str) -> None:
    """If it fails, a clock change in the night upsets the days of an ordinary week."""
    change = planned(_moved(team(), date.fromisoformat(str(CHANGES[zone][0])), zone))
    assert change.placed == planned(team(time_zone="UTC")).placed


@pytest.mark.parametrize("name", PRESETS)
def test_preset(name: str) -> None:
    """If it fails, a rulebook that people start from cannot plan the bundled team."""
    problem = sample().model_copy(update={"rulebook": PRESETS[name]})
    # Any schedule with sessions will do: how good it gets in which time is what the benchmarks are for.
    stop = threading.Event()

    def told(progress: Progress) -> None:
        if progress.best is not None and progress.best > 0:
            stop.set()

    limit = {"deterministic_limit": None, "time_limit": 20, "workers": 2}
    assert planned(problem, stop=stop, on_progress=told, **limit).placed > 0


def test_pins_stay() -> None:
    """If it fails, what was agreed with a client or colleague is moved."""
    pins: dict[str, Any] = {
        "pinned_appointments": [
            {"request": "R2", "clinician": "S1", "start": "2026-10-06T14:00"},
            {"request": "R6", "clinician": "C3", "start": "2026-10-05T09:30", "mode": "telehealth"},
            {"request": "R1", "clinician": "S1", "start": "2026-10-05T10:00", "room": "room-2"},
        ],
        "pinned_blocks": [
            {"kind": "case_review", "clinicians": ["S2"], "start": "2026-10-07T09:00", "minutes": 60},
            {
                "kind": "supervision",
                "clinicians": ["C3"],
                "start": "2026-10-06T09:00",
                "minutes": 60,
                "supervisor": "S1",
            },
        ],
    }
    problem = team(**pins)
    schedule = planned(problem).schedule
    assert schedule is not None
    for pin in problem.pinned_appointments:
        (kept,) = [a for a in schedule.appointments if a.request == pin.request]
        assert (kept.clinicians, kept.start) == ((pin.clinician,), pin.start)
        assert pin.mode in (None, kept.mode)
        assert pin.room in (None, kept.room)
    for block in problem.pinned_blocks:
        same = [b for b in schedule.blocks if (b.kind, b.start) == (block.kind, block.start)]
        assert [(b.clinicians, b.minutes, b.supervisor) for b in same] == [
            (block.clinicians, block.minutes, block.supervisor)
        ]


def test_leave_is_kept() -> None:
    """If it fails, somebody on leave is given work."""
    away = {"start": "2026-10-05T00:00", "end": "2026-10-06T12:30"}
    people = [c.model_dump(mode="json") for c in team().clinicians]
    people[1]["leave"] = [away]
    schedule = planned(team(clinicians=people)).schedule
    assert schedule is not None
    theirs = [a for a in (*schedule.appointments, *schedule.blocks) if "S2" in a.clinicians]
    hosted = [b for b in schedule.blocks if b.supervisor == "S2"]
    assert theirs
    assert all(a.start >= datetime.fromisoformat(away["end"]) for a in [*theirs, *hosted])


def test_impossible_week_names_a_rule() -> None:
    """If it fails, an impossible week gets a schedule, or nobody is told which rule makes it impossible."""
    full = alone(
        clinicians=[{"id": "C1", "working": hours("mon", start="09:00", end="10:00")}],
        pinned_appointments=[{"request": "R1", "clinician": "C1", "start": "2026-10-05T09:00"}],
        rulebook={"rules": {name: OFF for name in BARE if name != "documentation"}},
    )
    result = solve(full, time_limit=60, workers=2)
    assert result.status is Status.INFEASIBLE
    assert result.schedule is None
    assert not result.verified
    assert any("documentation" in line for line in result.explanation)
    fits = full.model_copy(update={"rulebook": alone().rulebook})
    assert planned(fits).placed == 1


def test_a_clash_is_named_with_all_of_its_members() -> None:
    """If it fails, people are told half of what makes their week impossible."""
    full = alone(
        clinicians=[{"id": "C1", "working": hours("mon", start="09:00", end="10:00"), "daily_sessions": 0}],
        pinned_appointments=[{"request": "R1", "clinician": "C1", "start": "2026-10-05T09:00"}],
        rulebook={"rules": {name: OFF for name in BARE if name != "documentation"}},
    )
    result = solve(full, deterministic_limit=2, workers=1)
    assert result.status is Status.INFEASIBLE
    (clash,) = [line for line in result.explanation if "cannot all hold" in line]
    assert "R1 is pinned" in clash
    assert ("session_limits" in clash) != ("documentation" in clash)
    assert any(line.startswith("Repair 1 (service): A pin is released") for line in result.explanation)


def test_rooms_never_hold_two_sessions() -> None:
    """If it fails, two clients are sent to the same room at the same time."""
    schedule = planned(crowded()).schedule
    assert schedule is not None
    spans: dict[str, list[tuple[datetime, datetime]]] = {}
    for session in schedule.appointments:
        if session.room is not None:
            end = session.start + timedelta(minutes=session.minutes)
            spans.setdefault(session.room, []).append((session.start, end))
    assert spans
    for held in spans.values():
        held.sort()
        assert all(end <= start for (_, end), (start, _) in itertools.pairwise(held))
