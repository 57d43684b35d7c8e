"""A room is kept for each urgent slot, as far as there is one."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import Problem, Result, solve, stress, suggest, verify
from safeschedule.schedule import Schedule

OFF = {"enabled": False}
BARE = (
    "breaks",
    "case_review",
    "consultation",
    "coordination",
    "crisis_reset",
    "documentation",
    "supervision",
)
MONDAY = "2026-10-05"
PRESENT = [{"id": "R1"}, {"id": "R2", "also": ["family"]}]


def week(*kinds: str, rooms: list[dict[str, Any]] = PRESENT, **more: Any) -> Problem:
    """Return a Monday with an urgent slot at ten, and a session of each kind whose client comes only then."""
    ten = [{"day": "mon", "start": "10:00", "end": "11:00"}]
    given: dict[str, Any] = {
        "week_start": MONDAY,
        "grid": 30,
        "rooms": [{"kind": "consulting", **room} for room in rooms],
        "clinicians": [
            {"id": f"C{n}", "working": [{"day": "mon", "start": "09:00", "end": "12:00"}]}
            for n in range(len(kinds) + 1)
        ],
        "clients": [{"id": f"K{n}", "clinician": f"C{n + 1}", "windows": ten} for n in range(len(kinds))],
        "session_types": [
            {"id": "single", "minutes": 60, "room_kind": "consulting"},
            {"id": "family", "minutes": 60, "room_kind": "family"},
            {"id": "crisis", "minutes": 60, "kind": "crisis", "room_kind": "consulting"},
        ],
        "requests": [
            {"id": f"Q{n}", "client": f"K{n}", "session_type": kind} for n, kind in enumerate(kinds)
        ],
        "pinned_blocks": [
            {"kind": "urgent_slot", "clinicians": ["C0"], "start": f"{MONDAY}T10:00", "minutes": 60}
        ],
        "rulebook": {"rules": dict.fromkeys(BARE, OFF)},
    }
    return Problem.model_validate(given | more)


def solved(problem: Problem) -> Result:
    """Return the best week."""
    return solve(problem, time_limit=None, deterministic_limit=2, workers=1)


def without(problem: Problem, **setting: Any) -> Problem:
    """Return the same with the rule set otherwise, by default off."""
    rules = {**problem.to_dict()["rulebook"]["rules"], "urgent_rooms": setting or OFF}
    return Problem.model_validate({**problem.to_dict(), "rulebook": {"rules": rules}})


def told(problem: Problem, schedule: Schedule | None) -> list[str]:
    """Return the notices of slots without a room."""
    assert schedule is not None
    return [n.code for n in verify(problem, schedule).notices if n.code == "slot_without_room"]


@pytest.mark.parametrize(
    ("kinds", "placed"), [(("single",), 1), (("single", "single"), 1), (("single", "family"), 1)]
)
def test_the_last_room_is_the_slots(kinds: tuple[str, ...], placed: int) -> None:
    """If it fails, whoever comes into the slot finds all rooms taken, or a room stays empty for nothing."""
    problem = week(*kinds)
    result = solved(problem)
    assert (result.placed, told(problem, result.schedule)) == (placed, [])
    assert result.schedule is not None
    found = stress(problem, result.schedule, per_slot=True, time_limit=None)
    assert found.verdict == "proved", str(found)
    assert solved(without(problem)).placed == len(kinds)


def test_names_of_rooms_leave_the_slot_one_that_fits() -> None:
    """If it fails, the session gets the one room that the slot's client could use, and another stays free."""
    rooms = [{"id": "R1", "also": ["family"]}, {"id": "R2"}]
    types = {"id": "crisis", "minutes": 60, "kind": "crisis", "room_kind": "family"}
    given = week("single", rooms=rooms).to_dict()
    given["session_types"] = [*(t for t in given["session_types"] if t["id"] != "crisis"), types]
    result = solved(Problem.model_validate(given))
    assert result.schedule is not None
    assert [a.room for a in result.schedule.appointments] == ["R2"]


def test_a_room_pinned_by_name_is_not_the_slots() -> None:
    """If it fails, model and verifier differ over a slot beside a named room."""
    pin = {"request": "Q0", "clinician": "C1", "start": f"{MONDAY}T10:00", "mode": "in_person", "room": "R1"}
    assert solved(week("single", "single", pinned_appointments=[pin])).placed == 1
    assert solved(week("single", "family", pinned_appointments=[pin])).placed == 1


@pytest.mark.parametrize(
    "more",
    [
        {"rooms": [{"id": "R1", "site": "south"}], "sites": [{"id": "north"}, {"id": "south"}]},
        {"rooms": [{"id": "R1", "unavailable": [{"start": f"{MONDAY}T00:00", "end": f"{MONDAY}T18:00"}]}]},
    ],
    ids=["none at the site", "none on the date"],
)
def test_a_service_without_rooms_for_its_slots_has_a_week_and_is_told(more: dict[str, Any]) -> None:
    """If it fails, a team at a site without rooms, or with builders in, has no schedule at all."""
    site = "north" if "sites" in more else None
    given = week(**more).to_dict()
    for person in given["clinicians"]:
        person["working"] = [{**period, "site": site} for period in person["working"]]
    problem = Problem.model_validate(given)
    result = solved(problem)
    assert result.verified
    assert told(problem, result.schedule) == ["slot_without_room"]


def test_rooms_filled_by_pins_are_told_as_what_clashes() -> None:
    """If it fails, a week without a schedule is explained by something else than the slot's room."""
    pins = [
        {"request": f"Q{n}", "clinician": f"C{n + 1}", "start": f"{MONDAY}T10:00", "mode": "in_person"}
        for n in range(2)
    ]
    problem = week("single", "single", pinned_appointments=pins)
    result = solved(problem)
    assert result.schedule is None
    assert "urgent_rooms" in str(result.explanation)
    soft = solved(without(problem, hard=False))
    assert soft.schedule is not None
    assert verify(problem, soft.schedule).amounts["urgent_rooms"] == 1


def test_a_suggestion_leaves_the_slot_its_room() -> None:
    """If it fails, a slot that is free in the other room is not found, or costs the urgent slot its own."""
    rooms = [{"id": "R1", "also": ["family"]}, {"id": "R2"}]
    crisis = {"id": "crisis", "minutes": 60, "kind": "crisis", "room_kind": "family"}
    given = week("single", rooms=rooms).to_dict()
    given["session_types"] = [*(t for t in given["session_types"] if t["id"] != "crisis"), crisis]
    problem = Problem.model_validate(given)
    planned = solved(problem).schedule
    assert planned is not None
    left = [{"request": "Q0", "reason": "Nobody looked."}]
    empty = Schedule.model_validate({**planned.to_dict(), "appointments": [], "left_out": left})
    found = suggest(problem, empty, "Q0").slots
    assert {(s.appointment.start.hour, s.appointment.room) for s in found} == {(10, "R2")}
