"""Preparation lies before its session wherever a week is made, moved, shown or handed on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from safeschedule import CancelledSession, Problem, check_move, replan, solve, suggest, verify
from safeschedule.errors import InputError
from safeschedule.problem import BlockKind, require_sound
from safeschedule.reports.html import rota_html
from safeschedule.reports.load import load
from safeschedule.schedule import Appointment, Block, Schedule

WORK = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")]


def team(**more: Any) -> Problem:
    """Give a team of two with reports to prepare for twenty minutes, on a grid of fifteen, and talks."""
    reports = [
        {"id": f"R{n}", "client": f"P{n}", "session_type": "report" if n < 2 else "talk"} for n in range(4)
    ]
    return Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "clinicians": [{"id": code, "working": WORK, "is_supervisor": True} for code in ("C1", "C2")],
            "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(4)],
            "session_types": [
                {"id": "report", "minutes": 60, "preparation_minutes": 20, "trauma_processing": True},
                {"id": "talk", "minutes": 60},
            ],
            "requests": reports,
            **more,
        }
    )


def preparation(schedule: Schedule) -> list[Block]:
    """Give the blocks of preparation."""
    return [block for block in schedule.blocks if block.kind is BlockKind.PREPARATION]


def prepared(schedule: Schedule, session: Appointment) -> bool:
    """Say whether twenty minutes end when a session begins."""
    begin = session.start - timedelta(minutes=20)
    wanted = begin, 20, session.clinicians
    return any((b.start, b.minutes, b.clinicians) == wanted for b in preparation(schedule))


@pytest.fixture(scope="module")
def week() -> tuple[Problem, Schedule]:
    """Give the team's week, solved."""
    result = solve(team(), deterministic_limit=0.5, workers=1)
    assert result.schedule is not None
    assert result.verified
    assert result.placed == 4
    return team(), result.schedule


def test_a_solved_week_has_it_before_its_session(week: tuple[Problem, Schedule]) -> None:
    """If it fails, nobody sees why a clinician cannot be booked, or nobody prepares."""
    problem, schedule = week
    reports = [a for a in schedule.appointments if a.session_type == "report"]
    assert all(prepared(schedule, session) for session in reports)
    assert len(preparation(schedule)) == 2
    page = rota_html(problem, schedule, verify(problem, schedule))
    assert "Preparation" in page
    mine = next(entry for entry in load(problem, schedule) if entry.clinician == "C1")
    assert mine.protected[BlockKind.PREPARATION] == 40


def test_it_goes_where_its_session_goes(week: tuple[Problem, Schedule]) -> None:
    """If it fails, a move leaves the preparation behind, or a slot is offered without time for it."""
    problem, schedule = week
    less = schedule.model_copy(
        update={
            "appointments": tuple(a for a in schedule.appointments if a.request != "R0"),
            "blocks": tuple(
                b
                for b in schedule.blocks
                if b.kind is not BlockKind.PREPARATION
                or not any(
                    a.request == "R0" and b.start + timedelta(minutes=b.minutes) == a.start
                    for a in schedule.appointments
                )
            ),
        }
    )
    slots = suggest(problem, less, "R0", n=3).slots
    assert slots
    for slot in slots:
        assert prepared(slot.schedule, slot.appointment)
        assert verify(problem, slot.schedule).compliant
    session = next(a for a in schedule.appointments if a.request == "R1")
    moved = check_move(problem, schedule, session, to=session.start + timedelta(minutes=15))
    assert prepared(moved.schedule, moved.after)
    assert not prepared(moved.schedule, session)
    assert len(preparation(moved.schedule)) == 2


def test_it_goes_when_its_session_goes(week: tuple[Problem, Schedule]) -> None:
    """If it fails, somebody prepares for nobody after a cancellation."""
    problem, schedule = week
    session = next(a for a in schedule.appointments if a.request == "R0")
    gone = CancelledSession(request="R0", start=session.start)
    again = replan(problem, schedule, [gone], deterministic_limit=0.5)
    assert again.schedule is not None
    assert len(preparation(again.schedule)) == 1


def test_a_crisis_is_not_prepared() -> None:
    """If it fails, a reset and preparation are both to lie directly before one session."""
    types = [{"id": "crisis", "minutes": 60, "kind": "crisis", "preparation_minutes": 15}]
    with pytest.raises(InputError, match="prepared_crisis"):
        team(session_types=types, requests=[])
    none = [{"id": "crisis", "minutes": 60, "kind": "crisis", "preparation_minutes": 0}]
    require_sound(team(session_types=none, requests=[]))
