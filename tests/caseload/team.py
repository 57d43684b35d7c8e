"""A small caseload written out by hand; the week begins on Monday, 5 October 2026."""

from __future__ import annotations

from typing import Any

from safeschedule.problem import Problem

HOURS = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue", "wed", "thu", "fri")]

BANDS = [
    {"id": "low", "rank": 1, "points": 1, "contact_days": 28, "review_days": 180, "escalation": ["volatile"]},
    {"id": "moderate", "rank": 2, "points": 2, "contact_days": 14, "escalation": ["crisis_risk"]},
    {"id": "high", "rank": 3, "points": 3, "high_acuity": True, "contact_days": 7, "review_days": 30},
    {"id": "very_high", "rank": 4, "points": 4, "high_acuity": True, "contact_days": 3, "review_days": 14},
]


def bands(**changes: Any) -> list[dict[str, Any]]:
    """Give the bands, each asking for contacts by talks and for reviews."""
    asking = {"contact_type": "talk", "review_type": "review"}
    return [band | asking | changes for band in BANDS]


def client(code: str = "K1", **changes: Any) -> dict[str, Any]:
    """Give a client of C1's caseload."""
    return {"id": code, "clinician": "C1"} | changes


def problem(*clients: dict[str, Any], **changes: Any) -> Problem:
    """Give a week of two clinicians with these clients."""
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "clinicians": [
            {"id": "C1", "working": HOURS, "is_supervisor": True, "supervisor": "C2"},
            {"id": "C2", "working": HOURS, "is_supervisor": True, "supervisor": "C1"},
        ],
        "clients": list(clients),
        "session_types": [
            {"id": "talk", "minutes": 60},
            {"id": "group", "minutes": 60, "kind": "group", "largest": 8},
            {"id": "review", "minutes": 45, "kind": "review"},
        ],
        "bands": bands(),
    }
    return Problem.model_validate(given | changes)


def past(code: str, day: str, **changes: Any) -> dict[str, Any]:
    """Give an appointment of a client on a date before the week."""
    return {"client": code, "clinician": "C1", "start": f"{day}T10:00", "minutes": 60} | changes


def request(code: str, who: str = "K1", **changes: Any) -> dict[str, Any]:
    """Give a request for a talk."""
    return {"id": code, "client": who, "session_type": "talk"} | changes
