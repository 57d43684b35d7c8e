"""Faults that were there once, each with the smallest week that showed it."""

from __future__ import annotations

from typing import Any

from safeschedule import Schedule, solve, verify
from safeschedule.result import Status
from tests.solving.drawn import softened
from tests.solving.weeks import BARE, alone, hours, team

DAYS = ("mon", "tue", "wed", "thu", "fri")


def test_week_without_any_placement() -> None:
    """If it fails, a week in which nobody works at all ends in an IndexError."""
    result = solve(
        alone(
            clinicians=[{"id": "C1", "working": []}, {"id": "C2", "working": hours("mon")}],
            clients=[],
            requests=[],
            rulebook={"rules": BARE | {"breaks": {"enabled": False}}},
        ),
        deterministic_limit=1,
        workers=1,
    )
    assert result.status is Status.OPTIMAL
    assert result.verified


def test_coordination_on_the_one_day_without_meetings() -> None:
    """If it fails, a week is called impossible although a longer block than those offered fits."""
    given: dict[str, Any] = {
        "clinicians": [{"id": "C1", "working": hours(*DAYS)}],
        "clients": [{"id": f"P{n}", "clinician": "C1", "flags": ["coordination"]} for n in range(8)],
        "requests": [],
        "meetings": [
            {"id": f"M{day}", "start": f"2026-10-0{day}T09:00", "minutes": 180, "clinicians": ["C1"]}
            for day in (6, 7, 8, 9)
        ],
        "rulebook": {"rules": {name: rule for name, rule in BARE.items() if name != "coordination"}},
    }
    problem = alone(**given)
    block = {"kind": "coordination", "clinicians": ["C1"], "start": "2026-10-05T09:00", "minutes": 90}
    schedule = Schedule.model_validate({"week_start": "2026-10-05", "blocks": [block]})
    assert verify(problem, schedule).compliant
    assert solve(problem, deterministic_limit=5, workers=1).status is Status.OPTIMAL


def test_coordination_that_is_missing_is_paid_for() -> None:
    """If it fails, a soft coordination rule makes a week impossible."""
    clients = [{"id": f"P{n}", "clinician": "C1", "flags": ["coordination"]} for n in range(8)]
    rulebook = {"rules": {name: rule for name, rule in BARE.items() if name != "coordination"}}
    problem = alone(clients=clients, requests=[], rulebook=rulebook)
    result = solve(softened(problem, ["coordination"]), deterministic_limit=5, workers=1)
    assert result.status is Status.OPTIMAL
    assert result.verified


def test_nobody_joins_a_pinned_consultation() -> None:
    """If it fails, a pinned consultation of two is given a third member, and no schedule is returned."""
    pin = {
        "kind": "consultation",
        "clinicians": ["S2"],
        "supervisor": "S1",
        "start": "2026-10-05T09:00",
        "minutes": 60,
    }
    problem = team(requests=[], clients=[], pinned_blocks=[pin])
    result = solve(problem, deterministic_limit=2, workers=1)
    assert result.status is Status.OPTIMAL
    assert result.schedule is not None
    held = [b for b in result.schedule.blocks if b.start == problem.pinned_blocks[0].start and b.supervisor]
    assert [(b.clinicians, b.supervisor) for b in held] == [(("S2",), "S1")]


def test_meetings_alone_over_the_contract_are_impossible() -> None:
    """If it fails, a clinician with nothing but meetings has a contract for the verifier only."""
    people = [{"id": "C1", "working": hours("mon")}, {"id": "C2", "working": [], "contracted_minutes": 30}]
    meetings = [{"id": "M1", "start": "2026-10-06T09:00", "minutes": 60, "clinicians": ["C2"]}]
    problem = alone(clinicians=people, meetings=meetings)
    assert solve(problem, deterministic_limit=5, workers=1).status is Status.INFEASIBLE
