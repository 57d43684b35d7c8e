"""Weeks with groups, several sites and rooms that serve several kinds, from problem to verified schedule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from safeschedule import Problem, Result, solve, verify
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Role
from safeschedule.result import Status
from safeschedule.schedule.serving import served
from safeschedule.solving.evaluate import values_of
from tests.solving.weeks import hours
from tests.solving.whole import solve_whole

CLIENTS = [f"P{n}" for n in range(1, 7)]


def week(**changes: Any) -> Problem:
    """Return a day of three clinicians with a skills group of up to five, and a session for each client."""
    day = hours("mon", start="09:00", end="17:00")
    given: dict[str, Any] = {
        "week_start": "2026-10-05",
        "grid": 30,
        "clinicians": [
            {"id": "C1", "working": day, "is_supervisor": True},
            {"id": "C2", "working": day},
            {"id": "C3", "working": day},
        ],
        "clients": [
            {"id": code, "clinician": f"C{n % 3 + 1}", "days_between": 0, "daily_sessions": 2}
            for n, code in enumerate(CLIENTS)
        ],
        "session_types": [
            {"id": "talk", "minutes": 60, "room_kind": "consulting"},
            {
                "id": "skills",
                "minutes": 90,
                "kind": "group",
                "intensity": "high",
                "smallest": 3,
                "largest": 5,
                "facilitators": 1,
                "room_kind": "group",
            },
        ],
        "requests": [
            *({"id": f"G{code}", "client": code, "session_type": "skills", "group": "S"} for code in CLIENTS),
            *({"id": f"T{code}", "client": code, "session_type": "talk"} for code in CLIENTS[:3]),
        ],
        "groups": [{"id": "S", "session_type": "skills", "members": CLIENTS}],
        "rooms": [{"id": "R1"}, {"id": "R2", "kind": "consulting", "also": ["group"], "seats": 8}],
        "rulebook": {"rules": {"consultation": {"enabled": False}, "urgent_slots": {"enabled": False}}},
    }
    return Problem.model_validate(given | changes)


def planned(problem: Problem) -> Result:
    """Return the result of a short repeatable solve that the verifier accepts."""
    result = solve(problem, deterministic_limit=20.0, workers=1)
    assert result.schedule is not None, result.explanation
    assert verify(problem, result.schedule).compliant
    return result


def test_a_high_intensity_group_meets_with_two_facilitators() -> None:
    """A group would be led by one clinician alone, or without the time before and after it."""
    problem = week()
    schedule = planned(problem).schedule
    assert schedule is not None
    (session,) = [a for a in schedule.appointments if a.group == "S"]
    assert len(session.clinicians) == 2
    assert len(session.clients) == 5
    assert session.room == "R2"
    for kind in ("group_preparation", "documentation"):
        held = {code for b in schedule.blocks if b.kind == kind for code in b.clinicians}
        assert set(session.clinicians) <= held


def test_the_sixth_is_left_out_and_told_why() -> None:
    """A client without a place would be told nothing, or that there was time for a session alone."""
    result = planned(week())
    out = [entry for entry in result.left_out if entry.request.startswith("G")]
    assert [entry.sessions for entry in out] == [1]
    assert out[0].rules == ("group_size",)
    assert "takes at most 5" in out[0].reason


def test_a_group_nobody_can_fill_is_left_out() -> None:
    """A group would meet below its least size, or leave people without a reason."""
    members = {"groups": [{"id": "S", "session_type": "skills", "members": CLIENTS[:2]}]}
    asked = [{"id": f"G{c}", "client": c, "session_type": "skills", "group": "S"} for c in CLIENTS[:2]]
    result = planned(week(**members, requests=asked))
    assert result.placed == 0
    assert {entry.rules for entry in result.left_out} == {("group_size",)}
    assert "needs 3 clients" in result.left_out[0].reason


def test_search_and_whole_model_value_groups_alike() -> None:
    """The search would place groups where they cost more than they bring, or say that it is the best."""
    problem = week()
    result, whole = planned(problem), solve_whole(problem)
    assert whole is not None
    assert result.status is Status.OPTIMAL
    best = sum(values_of(Index(problem), whole.rows).values())
    assert result.objective == pytest.approx(best)


def test_pinned_groups_stay() -> None:
    """A group that was agreed upon would move, or change who leads it."""
    pin = {"group": "S", "clinicians": ["C3", "C2"], "start": "2026-10-05T13:00", "clients": ["P6"]}
    schedule = planned(week(pinned_groups=[pin])).schedule
    assert schedule is not None
    (session,) = [a for a in schedule.appointments if a.group == "S"]
    assert (set(session.clinicians), session.start.hour) == ({"C2", "C3"}, 13)
    assert "P6" in session.clients


def test_requests_of_a_group_are_served_by_its_sessions() -> None:
    """Access would count group members as left out."""
    problem = week()
    schedule = planned(problem).schedule
    assert schedule is not None
    assert sum(served(problem, schedule)[f"G{code}"] for code in CLIENTS) == 5


def test_work_at_two_sites_has_the_way_between() -> None:
    """A clinician would be in two places with no time to go from the one to the other."""
    halves = [
        {"day": "mon", "start": "09:00", "end": "12:00", "site": "north"},
        {"day": "mon", "start": "12:00", "end": "17:00", "site": "south"},
    ]
    asked = [
        {"id": f"R{n}", "client": "P1", "session_type": "talk", "clinician": "C1", "site": site}
        for n, site in enumerate(("north", "south"))
    ]
    problem = week(
        clinicians=[{"id": "C1", "working": halves}],
        clients=[{"id": "P1", "clinician": "C1", "days_between": 0, "daily_sessions": 2}],
        sites=[{"id": "north"}, {"id": "south"}],
        travel=[{"origin": "north", "destination": "south", "minutes": 45}],
        rooms=[{"id": "R1", "site": "north"}, {"id": "R2", "site": "south"}],
        groups=[],
        requests=asked,
    )
    result = planned(problem)
    assert result.schedule is not None
    assert result.placed == 2
    (way,) = [b for b in result.schedule.blocks if b.kind == "travel"]
    assert (way.site, way.minutes) == ("south", 60)


def test_a_group_that_nobody_can_prepare_is_not_planned_for() -> None:
    """A bound would count sessions that no schedule can hold, and the search make way for them in vain."""
    first_thing = {"slots": [{"day": "mon", "start": "09:00"}]}
    problem = week(groups=[{"id": "S", "session_type": "skills", "members": CLIENTS, **first_thing}])
    build = encode(Index(problem), candidates(Index(problem)), exact=False)
    leads = [build.plan_vars[n] for n in np.flatnonzero(build.plan.role == Role.LEAD)]
    assert leads
    build.model.add(sum(leads) >= 1)
    assert cp_model.CpSolver().solve(build.model) == cp_model.INFEASIBLE
    assert planned(problem).placed == 3


def test_the_teams_blocks_make_way_for_a_group() -> None:
    """A group with a time of its own would be left out because a meeting that can move is there already."""
    only = {"slots": [{"day": "mon", "start": "13:00"}]}
    groups = [{"id": "S", "session_type": "skills", "members": CLIENTS, **only}]
    rules = {"urgent_slots": {"enabled": False}, "consultation": {"parameters": {"minutes": 60}}}
    with_consultation = planned(week(groups=groups, rulebook={"rules": rules})).schedule
    assert with_consultation is not None
    assert [a.start.hour for a in with_consultation.appointments if a.group == "S"] == [13]
    assert any(block.kind == "consultation" for block in with_consultation.blocks)
