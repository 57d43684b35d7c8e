"""A room that is pinned by name is taken, for the model as for the verifier."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import Problem, solve
from safeschedule.problem import Mode
from safeschedule.problem.faults import find

ROOMS = [{"id": "R1", "kind": "consulting"}, {"id": "R2", "kind": "consulting", "also": ["family"]}]
BARE = dict.fromkeys(
    ("access", "breaks", "case_review", "consultation", "documentation", "supervision", "urgent_slots")
)


def week(pin: dict[str, Any], **more: Any) -> Problem:
    """Return a Monday on which a consulting session is pinned to 10:00 and a family can come only then."""
    working = [{"day": "mon", "start": "09:00", "end": "12:00"}]
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "grid": 30,
        "rooms": ROOMS,
        "clinicians": [{"id": "C1", "working": working}, {"id": "C2", "working": working}],
        "clients": [
            {"id": "K1", "clinician": "C1"},
            {"id": "K2", "clinician": "C2", "windows": [{"day": "mon", "start": "10:00", "end": "11:00"}]},
        ],
        "session_types": [
            {"id": "single", "minutes": 60, "room_kind": "consulting"},
            {"id": "family", "minutes": 60, "room_kind": "family"},
        ],
        "requests": [
            {"id": "Q1", "client": "K1", "session_type": "single"},
            {"id": "Q2", "client": "K2", "session_type": "family"},
        ],
        "pinned_appointments": [
            {"request": "Q1", "clinician": "C1", "start": "2026-10-05T10:00", "mode": "in_person", **pin}
        ],
        "rulebook": {"rules": {name: {"enabled": False} for name in BARE if name != "access"}},
    }
    return Problem.model_validate(given | more)


@pytest.mark.parametrize(("pin", "placed"), [({"room": "R2"}, 1), ({"room": "R1"}, 2), ({}, 2)])
def test_the_room_of_a_pin_is_taken(pin: dict[str, Any], placed: int) -> None:
    """If it fails, two sessions are put into one room, or a free room is not used."""
    result = solve(week(pin), time_limit=None, deterministic_limit=2, workers=1)
    assert result.schedule is not None
    assert result.placed == placed
    rooms = {a.request: a.room for a in result.schedule.appointments if a.mode is Mode.IN_PERSON}
    assert rooms["Q1"] == pin.get("room", "R1")
    if placed == 2:
        assert rooms["Q2"] == "R2"


@pytest.mark.parametrize(
    ("room", "fits"), [("R1", False), ("R2", True), ("R3", False)], ids=["kind", "also", "seats"]
)
def test_a_pin_to_a_room_follows_what_the_room_serves_as(room: str, fits: bool) -> None:
    """If it fails, a family cannot be pinned to the room that serves families, or can to one too small."""
    rooms = [*ROOMS, {"id": "R3", "kind": "family", "seats": 1}]
    problem = week({}, rooms=rooms)
    pin = {"request": "Q2", "clinician": "C2", "start": "2026-10-05T10:00", "mode": "in_person", "room": room}
    pinned = week({}, rooms=rooms, pinned_appointments=[pin])
    assert not find(problem)
    assert (not find(pinned)) == fits, find(pinned)


def steady(rooms: int) -> list[str | None]:
    """Return the rooms of C1's two sessions, between which C2 and C3 have one each."""
    starts = {"C1": ("09:00", "10:30"), "C2": ("09:30",), "C3": ("10:00",)}
    pins = [(f"{code}{n}", code, at) for code, times in starts.items() for n, at in enumerate(times)]
    problem = week(
        {},
        rooms=[{"id": f"R{n}", "kind": "consulting"} for n in range(rooms)],
        clinicians=[
            {"id": code, "working": [{"day": "mon", "start": "09:00", "end": "12:00"}]} for code in starts
        ],
        clients=[{"id": name, "clinician": code} for name, code, _ in pins],
        requests=[{"id": name, "client": name, "session_type": "single"} for name, _, _ in pins],
        pinned_appointments=[
            {"request": name, "clinician": code, "start": f"2026-10-05T{at}", "mode": "in_person"}
            for name, code, at in pins
        ],
    )
    schedule = solve(problem, time_limit=None, deterministic_limit=2, workers=1).schedule
    assert schedule is not None
    return [a.room for a in schedule.appointments if a.clinicians == ("C1",)]


def test_a_clinician_stays_in_one_room() -> None:
    """If it fails, a clinician changes rooms although the one before is free and nobody else needs it."""
    first, second = steady(rooms=3)
    assert first is not None
    assert first == second


def test_rooms_change_where_there_are_too_few() -> None:
    """If it fails, somebody has no room because another one's is kept."""
    assert None not in steady(rooms=2)
