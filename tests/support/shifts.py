"""Weeks of two people at work by day whose sessions and blocks stand anywhere in their shifts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

_BLOCKS = (
    "documentation",
    "break",
    "break",
    "documentation",
    "reset",
    "coordination",
    "urgent_slot",
    "debrief",
)
_DATES = {"mon": "2026-10-19", "tue": "2026-10-20", "wed": "2026-10-21"}
_TYPES = (
    {"id": "chat", "minutes": 30, "intensity": "low", "kind": "therapy"},
    {"id": "talk", "minutes": 60, "intensity": "moderate", "kind": "therapy"},
    {"id": "emdr", "minutes": 90, "intensity": "high", "kind": "therapy", "trauma_processing": True},
    {"id": "intake", "minutes": 90, "intensity": "moderate", "kind": "intake"},
    {"id": "crisis", "minutes": 60, "intensity": "high", "kind": "crisis"},
)


@st.composite
def shift_weeks(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw the contents of a problem's and a schedule's file; midday is at 12:30, shifts lie round it."""
    shifts = {day: (draw(st.integers(7, 9)), draw(st.integers(14, 19))) for day in _DATES}
    working = [
        {"day": day, "start": f"{start:02}:00", "end": f"{end:02}:00"} for day, (start, end) in shifts.items()
    ]
    requests, appointments = [], []
    for number in range(draw(st.integers(1, 9))):
        day, kind = draw(st.sampled_from(sorted(_DATES))), draw(st.sampled_from(_TYPES))
        client, clinician = draw(st.sampled_from(["K1", "K2", "K3"])), draw(st.sampled_from(["C1", "C2"]))
        request = {"id": f"R{number}", "client": client, "session_type": kind["id"]}
        requests.append(request)
        start = _moment(draw, day, shifts[day])
        appointments.append(
            {
                "request": request["id"],
                "session_type": kind["id"],
                "clients": [client],
                "clinicians": [clinician],
                "start": start,
                "minutes": kind["minutes"],
                "mode": "telehealth",
            }
        )
    blocks = []
    for _ in range(draw(st.integers(0, 8))):
        day = draw(st.sampled_from(sorted(_DATES)))
        blocks.append(
            {
                "kind": draw(st.sampled_from(_BLOCKS)),
                "clinicians": [draw(st.sampled_from(["C1", "C2"]))],
                "start": _moment(draw, day, shifts[day]),
                "minutes": draw(st.sampled_from([15, 30, 45, 60])),
            }
        )
    clients = [
        {"id": "K1", "band": "low"},
        {"id": "K2", "band": "high", "flags": ["crisis_risk", "coordination"]},
        {"id": "K3", "band": "moderate", "flags": ["coordination"]},
    ]
    clinicians = [{"id": code, "role": "therapist", "working": working} for code in ("C1", "C2")]
    week = {"week_start": "2026-10-19", "time_zone": "UTC"}
    problem = {
        **week,
        "clinicians": clinicians,
        "clients": clients,
        "session_types": list(_TYPES),
        "requests": requests,
    }
    return problem, {**week, "appointments": appointments, "blocks": blocks}


def _moment(draw: st.DrawFn, day: str, shift: tuple[int, int]) -> str:
    step = draw(st.integers(shift[0] * 4 - 2, shift[1] * 4 + 2))
    return f"{_DATES[day]}T{step // 4:02}:{15 * (step % 4):02}:00"
