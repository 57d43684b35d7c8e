"""Sessions start on a grid of their own, beside that of lengths and blocks."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import NewRequest, Problem, replan, solve, suggest
from safeschedule.errors import InputError
from safeschedule.problem import BlockKind, Request, problem_hash
from safeschedule.schedule import Schedule

WORK = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue", "wed")]


def team(**more: Any) -> Problem:
    """Give a team of two whose sessions take fifty minutes and start on the quarter hour."""
    return Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "grid": 5,
            "start_every": 15,
            "clinicians": [{"id": code, "working": WORK, "is_supervisor": True} for code in ("C1", "C2")],
            "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(6)],
            "session_types": [
                {"id": "talk", "minutes": 50},
                {"id": "crisis", "minutes": 50, "kind": "crisis", "intensity": "high"},
            ],
            "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(5)],
            **more,
        }
    )


def on_the_quarter(schedule: Schedule) -> bool:
    """Say whether all sessions and urgent slots start on the quarter hour."""
    held = [block.start for block in schedule.blocks if block.kind is BlockKind.URGENT_SLOT]
    starts = [*held, *(a.start for a in schedule.appointments)]
    return all(start.minute % 15 == 0 for start in starts)


def test_sessions_start_on_the_quarter_hour_wherever_they_are_placed() -> None:
    """If it fails, clients get times that the service does not offer, or 50 minutes block an hour."""
    problem = team()
    result = solve(problem, deterministic_limit=0.5, workers=1)
    schedule = result.schedule
    assert result.verified
    assert schedule is not None
    assert result.placed == 5
    assert {a.minutes for a in schedule.appointments} == {50}
    assert on_the_quarter(schedule)
    assert any(block.start.minute % 15 for block in schedule.blocks)
    request = Request(id="R9", client="P5", session_type="talk")
    slots = suggest(problem, schedule, request, n=3).slots
    assert slots
    assert all(on_the_quarter(slot.schedule) for slot in slots)
    again = replan(problem, schedule, [NewRequest(request=request)], deterministic_limit=0.5)
    assert again.schedule is not None
    assert len(again.schedule.appointments) == 6
    assert on_the_quarter(again.schedule)


def test_without_it_sessions_start_on_the_grid_and_files_are_as_before() -> None:
    """If it fails, problems of before have another hash, or other times."""
    plain = team(start_every=None)
    older = {name: value for name, value in plain.to_dict().items() if name != "start_every"}
    assert problem_hash(Problem.from_dict(older)) == problem_hash(plain)
    assert plain.session_grid == 5
    assert Problem.from_dict(team().to_dict()) == team()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"start_every": 15, "grid": 10, "session_types": [], "requests": []}, "start_every"),
        (
            {"pinned_appointments": [{"request": "R1", "clinician": "C1", "start": "2026-10-05T10:05"}]},
            r"pinned_appointments\[0\].start",
        ),
        (
            {
                "requests": [
                    {
                        "id": "R1",
                        "client": "P1",
                        "session_type": "talk",
                        "standing": {"day": "mon", "start": "10:20"},
                    }
                ]
            },
            r"requests\[0\].standing.start",
        ),
    ],
)
def test_what_is_fixed_lies_on_it(change: dict[str, Any], place: str) -> None:
    """If it fails, a pin or a standing time can never be met, and nobody says why."""
    with pytest.raises(InputError, match=place) as caught:
        team(**change)
    assert {fault.code for fault in caught.value.faults} == {"off_grid"}
