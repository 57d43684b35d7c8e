"""Small weeks written out by hand."""

from __future__ import annotations

from typing import Any

from safeschedule.problem import Problem

OFF = {"enabled": False}
BARE = dict.fromkeys(("consultation", "coordination", "documentation", "supervision", "urgent_slots"), OFF)
"""A rulebook without the rules that ask for blocks of their own, but for breaks."""


def hours(*days: str, start: str = "09:00", end: str = "12:00") -> list[dict[str, Any]]:
    """Return one working period on each of the days."""
    return [{"day": day, "start": start, "end": end} for day in days]


def team(**changes: Any) -> Problem:
    """Return two supervisors and a new clinician, three mornings and afternoons, and ten requests."""
    long = [*hours("mon", "tue", "wed", end="12:30"), *hours("mon", "tue", start="13:00", end="16:00")]
    given: dict[str, Any] = {
        "name": "team",
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "grid": 30,
        "clinicians": [
            {"id": "S1", "working": long, "is_supervisor": True, "supervisor": "S2"},
            {"id": "S2", "working": long, "is_supervisor": True, "supervisor": "S1", "skills": ["emdr"]},
            {"id": "C3", "working": long, "supervisor": "S1", "new_in_post": True},
        ],
        "clients": [
            {"id": "P1", "clinician": "S1", "band": "high"},
            {"id": "P2", "clinician": "S1", "preferred": hours("tue")},
            {"id": "P3", "clinician": "S2", "windows": hours("mon", "wed", end="12:30")},
            {"id": "P4", "clinician": "S2", "waiting_since": "2026-08-01"},
            {"id": "P5", "clinician": "C3", "last_contact": "2026-09-01"},
            {"id": "P6", "clinician": "C3"},
            {"id": "P7"},
            {"id": "P8", "band": "low"},
        ],
        "session_types": [
            {"id": "talk", "minutes": 60, "room_kind": "consulting"},
            {"id": "heavy", "minutes": 60, "intensity": "high", "room_kind": "consulting"},
            {
                "id": "trauma",
                "minutes": 60,
                "intensity": "high",
                "trauma_processing": True,
                "skills": ["emdr"],
            },
            {"id": "first", "minutes": 60, "kind": "intake"},
        ],
        "requests": [
            {
                "id": "R1",
                "client": "P1",
                "session_type": "heavy",
                "standing": {"day": "tue", "start": "10:00"},
            },
            {"id": "R2", "client": "P2", "session_type": "talk"},
            {"id": "R3", "client": "P3", "session_type": "trauma"},
            {"id": "R4", "client": "P4", "session_type": "trauma", "count": 2},
            {"id": "R5", "client": "P5", "session_type": "talk", "priority": 5},
            {"id": "R6", "client": "P6", "session_type": "heavy", "mode": "either"},
            {"id": "R7", "client": "P7", "session_type": "first"},
            {"id": "R8", "client": "P8", "session_type": "first", "mode": "telehealth"},
        ],
        "rooms": [{"id": "room-1"}, {"id": "room-2"}],
    }
    return Problem.model_validate(given | changes)


def crowded(count: int = 12, **changes: Any) -> Problem:
    """Return the team with more requests than fit, so that some are left out."""
    clients = [{"id": f"K{n}", "clinician": ("S1", "S2", "C3")[n % 3]} for n in range(count)]
    requests = [{"id": f"A{n}", "client": f"K{n}", "session_type": "heavy", "count": 2} for n in range(count)]
    return team(clients=clients, requests=requests, **changes)


def alone(**changes: Any) -> Problem:
    """Return one clinician with one morning, one client and one request, under few rules."""
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "grid": 30,
        "clinicians": [{"id": "C1", "working": hours("mon")}],
        "clients": [{"id": "P1", "clinician": "C1"}],
        "session_types": [{"id": "talk", "minutes": 60}],
        "requests": [{"id": "R1", "client": "P1", "session_type": "talk"}],
        "rulebook": {"rules": BARE},
    }
    return Problem.model_validate(given | changes)
