"""A date on which a night ends and another begins has two working days: each has its own limits."""

from __future__ import annotations

import threading
from typing import Any

from safeschedule import Problem, Schedule, verify
from safeschedule.explaining.left_out import why_left_out
from safeschedule.solving.budget import Budget
from safeschedule.suggesting import suggest


def nights() -> Problem:
    """Return two nights of one clinician with one session each, and two requests, the second for Tuesday."""
    tuesday = [{"day": "tue", "start": "00:00", "end": "24:00"}]
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "clinicians": [
            {
                "id": "A",
                "daily_sessions": 1,
                "working": [{"day": day, "start": "21:00", "end": "07:00"} for day in ("mon", "tue")],
            }
        ],
        "clients": [{"id": "K1", "band": "low"}, {"id": "K2", "band": "low", "windows": tuesday}],
        "session_types": [{"id": "talk", "minutes": 60}],
        "requests": [{"id": f"R{n}", "client": f"K{n}", "session_type": "talk"} for n in (1, 2)],
        "rulebook": {"rules": {"urgent_slots": {"enabled": False}}},
    }
    return Problem.model_validate(given)


def first_night() -> Schedule:
    """Return the week with the first session in Monday's night, with all that it brings."""
    found = suggest(nights(), Schedule(week_start=nights().week_start, time_zone="Europe/London"), "R1", 1)
    (slot,) = found.slots
    assert slot.appointment.start.isoformat() < "2026-10-06T07:00:00"
    return slot.schedule


def test_a_slot_in_the_evening_is_not_barred_by_the_night_before() -> None:
    """If it fails, nobody hears of a free evening because the early morning of its date is full."""
    problem, schedule = nights(), first_night()
    slots = suggest(problem, schedule, "R2", 3).slots
    assert slots
    assert all(slot.appointment.start.isoformat() >= "2026-10-06T21:00:00" for slot in slots)
    assert verify(problem, slots[0].schedule).compliant
    counts = [m for m in slots[0].effects.metrics if m.name.startswith("sessions on")]
    assert [(m.name, m.before, m.after) for m in counts] == [("sessions on Tuesday 6 October", 0, 1)]


def test_the_reason_of_what_is_left_out_is_no_limit_of_the_night_before() -> None:
    """If it fails, a full night is the reason why the next one has no place."""
    budget = Budget(None, 1.0, threading.Event())
    (reason,) = [each for each in why_left_out(nights(), first_night(), budget) if each.request == "R2"]
    assert "session_limits" not in reason.rules
