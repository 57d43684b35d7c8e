"""A small sound week as plain data, for tests to break."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def week() -> dict[str, Any]:
    def hours(day: str) -> dict[str, Any]:
        return {"day": day, "start": "09:00", "end": "12:00", "site": "north"}

    days = [hours("mon"), hours("tue")]
    return {
        "name": "small",
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "clinicians": [
            {"id": "lead", "is_supervisor": True, "working": days},
            {"id": "ann", "working": [*days, hours("wed")], "supervisor": "lead", "skills": ["emdr"]},
            {"id": "ben", "working": days, "supervisor": "lead", "cover": "ann"},
        ],
        "clients": [
            {"id": "p1", "clinician": "ann", "windows": [{"day": "mon", "start": "09:00", "end": "12:00"}]},
            {"id": "p2", "clinician": "ben"},
        ],
        "session_types": [{"id": "talk", "minutes": 60, "room_kind": "consulting"}],
        "requests": [
            {"id": "r1", "client": "p1", "session_type": "talk", "mode": "in_person"},
            {"id": "r2", "client": "p2", "session_type": "talk", "mode": "either", "count": 2},
        ],
        "sites": [{"id": "north"}],
        "rooms": [{"id": "room", "site": "north"}],
        "meetings": [{"id": "m", "start": "2026-10-06T09:00", "minutes": 60, "clinicians": ["lead", "ben"]}],
    }
