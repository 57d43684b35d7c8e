"""Small weeks for rolls, and schedules written out by hand."""

from __future__ import annotations

from typing import Any

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from tests.solving.weeks import BARE, OFF

HOURS = [{"day": day, "start": "09:00", "end": "12:00"} for day in ("mon", "wed", "fri")]

PLAIN = BARE | dict.fromkeys(
    (
        "before_leave",
        "case_review",
        "contact_expectations",
        "cover",
        "debrief",
        "response_reserve",
        "return_days",
        "rolling_exposure",
    ),
    OFF,
)
"""Rules about single sessions only: what the others say is not what is looked at here."""

LIMITS: dict[str, Any] = {"deterministic_limit": 0.5, "workers": 1}
"""Enough for a proof on these weeks; the clock decides nothing."""


def week(**changes: Any) -> Problem:
    """Give a week of two clinicians, three clients and a new one."""
    given: dict[str, Any] = {
        "name": "small",
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "grid": 30,
        "clinicians": [
            {"id": "C1", "working": HOURS, "is_supervisor": True},
            {"id": "C2", "working": HOURS},
        ],
        "clients": [
            {"id": "K1", "clinician": "C1", "band": "high", "last_contact": "2026-09-30"},
            {"id": "K2", "clinician": "C1", "last_contact": "2026-09-30"},
            {"id": "K3", "clinician": "C2", "last_contact": "2026-09-30"},
            {"id": "N1", "waiting_since": "2026-09-01"},
        ],
        "session_types": [
            {"id": "talk", "minutes": 60},
            {"id": "hard", "minutes": 60, "intensity": "high"},
            {"id": "first", "minutes": 60, "kind": "intake"},
            {"id": "review", "minutes": 60, "kind": "review"},
            {"id": "circle", "minutes": 60, "kind": "group", "largest": 6},
        ],
        "requests": [
            {"id": "R1", "client": "K1", "session_type": "hard", "every": 1},
            {"id": "R2", "client": "K2", "session_type": "talk"},
            {"id": "R3", "client": "N1", "session_type": "first", "priority": 5},
        ],
        "rulebook": {"rules": PLAIN},
    }
    return Problem.model_validate(given | changes)


def session(start: str, who: str, by: str = "C1", **changes: Any) -> dict[str, Any]:
    """Give a session of a client with a clinician."""
    people = {"clients": [who], "clinicians": [by]}
    return {"session_type": "talk", **people, "start": start, "minutes": 60} | changes


def planned(*sessions: dict[str, Any], **changes: Any) -> Schedule:
    """Give a schedule of the week."""
    given = {"problem": "small", "week_start": "2026-10-05", "time_zone": "Europe/London"}
    return Schedule.model_validate(given | {"appointments": list(sessions)} | changes)


def met(*codes: str, **changes: Any) -> Schedule:
    """Give a schedule in which each request named has a session (named twice: two)."""
    clients = {"R1": "K1", "R2": "K2", "R3": "N1"}
    starts = [f"2026-10-{day}T{hour:02d}:00" for day in ("05", "07", "09") for hour in (9, 10, 11)]
    sessions = [
        session(start, clients.get(code, "K1"), request=code)
        for start, code in zip(starts, codes, strict=False)
    ]
    return planned(*sessions, **changes)
