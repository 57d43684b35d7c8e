"""Reasons for requests left out: one readable sentence, and the rule named does stand against it."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from safeschedule import Problem, Result, solve
from safeschedule.catalogue import rules
from safeschedule.explaining.left_out import reasons_budget, why_left_out
from safeschedule.explaining.unplaced.comparing import session_value
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.group_facts import against_group, group_as_it_stands
from safeschedule.model.index import Index
from safeschedule.problem import Mode
from safeschedule.result import Status
from safeschedule.schedule import Appointment, LeftOut, Schedule
from safeschedule.solving.budget import Budget
from safeschedule.suggesting import Desk
from tests.explaining.unplaced_weeks import thinned
from tests.solving.drawn import without
from tests.solving.weeks import BARE, alone, crowded, hours

LEAVE = [{"start": "2026-10-05T00:00", "end": "2026-10-06T00:00"}]
CAUSES: dict[str, tuple[dict[str, Any], str]] = {
    "no qualified clinician": (
        {"requests": [{"id": "R1", "client": "P1", "session_type": "talk", "skills": ["emdr"]}]},
        "qualification",
    ),
    "times never meet": (
        {"clients": [{"id": "P1", "clinician": "C1", "windows": hours("tue")}]},
        "client_availability",
    ),
    "leave": ({"clinicians": [{"id": "C1", "working": hours("mon"), "leave": LEAVE}]}, "leave"),
    "session limit": (
        {"clinicians": [{"id": "C1", "working": hours("mon"), "daily_sessions": 0}]},
        "session_limits",
    ),
    "caseload cap": (
        {"clients": [{"id": "P1"}], "clinicians": [{"id": "C1", "working": hours("mon"), "caseload_cap": 0}]},
        "caseload_cap",
    ),
}


def answer(problem: Problem) -> Result:
    """Return the proven best schedule."""
    result = solve(problem, deterministic_limit=10, workers=1)
    assert result.status is Status.OPTIMAL
    return result


def check_sentence(entry: LeftOut) -> None:
    """Assert that the reason is one sentence that people can read, and its rules exist."""
    assert re.fullmatch(r"[A-Z0-9][^\n]*[^\s.]\.", entry.reason), entry.reason
    assert not re.search(r"\. [A-Z]|\bNone\b|[<>{}\[\]]|datetime|  ", entry.reason), entry.reason
    assert set(entry.rules) <= set(rules())


@pytest.mark.parametrize("cause", CAUSES)
def test_cause_is_named_and_true(cause: str) -> None:
    """If it fails, a request is left out for one reason and people are told another."""
    changes, rule = CAUSES[cause]
    problem = alone(**changes)
    (entry,) = answer(problem).left_out
    check_sentence(entry)
    assert rule in entry.rules
    if rules()[rule].tier != "physical":
        assert answer(without(problem, rule)).placed == 1


@pytest.mark.parametrize("cause", ["no qualified clinician", "times never meet"])
def test_physical_cause_goes_away_with_its_fact(cause: str) -> None:
    """If it fails, the fact that is blamed is not what stands in the way."""
    assert answer(alone(**CAUSES[cause][0])).placed == 0
    assert answer(alone()).placed == 1


def test_full_week() -> None:
    """If it fails, nobody is told that the week is simply full."""
    clients = [{"id": f"P{n}", "clinician": "C1"} for n in range(4)]
    requests = [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(4)]
    rulebook = {"rules": BARE | {"breaks": {"enabled": False}}}
    full = alone(clients=clients, requests=requests, rulebook=rulebook)
    result = answer(full)
    (entry,) = result.left_out
    assert result.placed == 3
    check_sentence(entry)
    assert entry.rules == ("no_overlap",)
    longer = {"clinicians": [{"id": "C1", "working": hours("mon", end="13:00")}]}
    assert answer(alone(clients=clients, requests=requests, rulebook=rulebook, **longer)).placed == 4


def test_least_value_is_left_out() -> None:
    """If it fails, the more important of two requests is the one left out."""
    clients = [{"id": f"P{n}", "clinician": "C1"} for n in range(2)]
    requests = [
        {"id": f"R{n}", "client": f"P{n}", "session_type": "talk", "priority": 1 + 4 * n} for n in range(2)
    ]
    people = [{"id": "C1", "working": hours("mon"), "daily_sessions": 1}]
    (entry,) = answer(alone(clients=clients, requests=requests, clinicians=people)).left_out
    assert entry.request == "R0"
    assert entry.rules == ("session_limits",)


@pytest.mark.slow
def test_sentences_of_a_crowded_team() -> None:
    """If it fails, a reason cannot be read aloud in a meeting."""
    result = solve(crowded(), deterministic_limit=1, workers=1)
    assert result.left_out
    for entry in result.left_out:
        check_sentence(entry)


def unlimited(**changes: Any) -> Budget:
    """Give a budget that never ends."""
    return replace(Budget(None, None, threading.Event()), **changes)


LONG = {
    "clinicians": [{"id": "C1", "working": hours("mon", "tue", end="17:00")}],
    "session_types": [{"id": "long", "minutes": 240, "kind": "assessment"}],
    "requests": [{"id": "R1", "client": "P1", "session_type": "long"}],
}


def test_the_demand_that_binds_is_told() -> None:
    """If it fails, a long assessment is refused for a meal break that fits, not for its length."""
    (entry,) = answer(alone(**LONG)).left_out
    assert (entry.kind, entry.rules) == ("impossible", ("breaks",))
    assert "240 minutes with clients without a pause" in entry.reason
    assert "meal" not in entry.reason
    longer = {"rules": BARE | {"breaks": {"parameters": {"longest": 240}}}}
    assert answer(alone(**LONG, rulebook=longer)).placed == 1


def test_a_rule_that_forbids_every_opening_comes_before_a_full_diary() -> None:
    """If it fails, room is made in a full diary for an intake that is not allowed then in any week."""
    leave = [{"start": "2026-10-06T00:00", "end": "2026-10-27T00:00"}]
    given = {
        "clinicians": [{"id": "C1", "working": hours("mon", end="10:00"), "leave": leave}],
        "clients": [{"id": "P1", "clinician": "C1"}, {"id": "P2", "clinician": "C1"}],
        "session_types": [{"id": "talk", "minutes": 60}, {"id": "first", "minutes": 60, "kind": "intake"}],
        "requests": [
            {"id": "R1", "client": "P1", "session_type": "talk"},
            {"id": "R2", "client": "P2", "session_type": "first"},
        ],
    }
    (entry,) = answer(alone(**given)).left_out
    assert (entry.request, entry.kind, entry.rules) == ("R2", "impossible", ("before_leave",))
    assert answer(without(alone(**given), "before_leave")).placed == 1
    both = [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in (1, 2)]
    (full,) = answer(alone(**given | {"requests": both})).left_out
    assert (full.kind, full.rules) == ("blocked", ("no_overlap",))


def test_the_limit_of_the_week_is_told_where_it_binds() -> None:
    """If it fails, a coordinator looks for another day although the week is full."""
    given = {
        "clinicians": [{"id": "C1", "working": hours("mon", "tue"), "weekly_sessions": 1}],
        "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(2)],
        "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(2)],
    }
    (entry,) = answer(alone(**given)).left_out
    assert (entry.kind, entry.rules) == ("blocked", ("session_limits",))
    assert "this week" in entry.reason
    given["clinicians"] = [{"id": "C1", "working": hours("mon"), "daily_sessions": 1}]
    (entry,) = answer(alone(**given)).left_out
    assert "Monday" in entry.reason


@pytest.mark.slow
def test_own_blocks_are_moved_before_anybody_is_refused() -> None:
    """If it fails, every empty day has no meal break, and free sessions are reported as impossible."""
    problem, schedule = thinned(3)
    entries = why_left_out(problem, schedule, unlimited())
    desk = Desk(problem, schedule)
    placeable = {entry.request for entry in entries if desk.suggest(entry.request, 1).slots}
    assert placeable
    assert placeable <= {entry.request for entry in entries if entry.kind == "fits"}
    assert all("search ended" in entry.reason for entry in entries if entry.kind == "fits")


def test_what_stands_against_one_clinician_is_not_told_where_something_stands_against_all() -> None:
    """If it fails, somebody's limit is raised, and the only room is closed all the same."""
    closed = [{"start": "2026-10-05T00:00", "end": "2026-10-12T00:00"}]
    given = {
        "clinicians": [
            {"id": "C1", "working": hours("mon"), "weekly_sessions": 0},
            {"id": "C2", "working": hours("mon")},
        ],
        "clients": [{"id": "P1"}],
        "session_types": [{"id": "talk", "minutes": 60, "room_kind": "consulting"}],
        "rooms": [{"id": "room-1", "unavailable": closed}],
    }
    (entry,) = answer(alone(**given)).left_out
    assert (entry.kind, entry.rules) == ("blocked", ("room_capacity",))
    assert answer(alone(**given | {"rooms": [{"id": "room-1"}]})).placed == 1


@pytest.mark.parametrize("windows", [("tue", "wed"), ("tue", "tue")])
def test_a_group_whose_members_never_meet(windows: tuple[str, str]) -> None:
    """If it fails, a couple hears that nobody was found, and looks for another therapist."""
    clients = [{"id": f"P{n}", "clinician": "C1", "windows": hours(day)} for n, day in enumerate(windows)]
    requests = [{"id": f"R{n}", "client": f"P{n}", "session_type": "couple", "group": "G1"} for n in range(2)]
    week = Index(
        alone(
            clinicians=[{"id": "C1", "working": hours("mon", "tue", "wed")}],
            clients=clients,
            requests=requests,
            session_types=[{"id": "couple", "minutes": 60, "kind": "family", "smallest": 2, "largest": 2}],
            groups=[{"id": "G1", "session_type": "couple", "members": ["P0", "P1"], "facilitators": ["C1"]}],
        )
    )
    found = against_group(week, 0)
    if windows[0] == windows[1]:
        assert found is None
        return
    assert found is not None
    assert (found.kind, found.rules) == ("impossible", ("client_availability", "group_size"))
    assert "P0 and P1 do not meet" in found.sentence


def empty(problem: Problem) -> Schedule:
    """Give a schedule of nothing."""
    return Schedule(week_start=problem.week_start, time_zone=problem.time_zone)


@pytest.mark.parametrize("cause", [*CAUSES, "nothing"])
def test_what_the_data_say_is_told_without_any_time(cause: str) -> None:
    """If it fails, on a busy machine a client for whom nobody is qualified counts as not examined."""
    changes, rule = CAUSES.get(cause, ({}, ""))
    problem = alone(**changes)
    none = Budget(0.0, None, threading.Event())
    (entry,) = why_left_out(problem, empty(problem), none)
    if cause in ("nothing", "session limit"):
        # A limit counts what is planned: the schedule has to be looked at.
        assert (entry.kind, entry.rules) == ("not_examined", ())
        assert "a longer limit" in entry.reason
        assert "safeschedule explain" in entry.reason
    else:
        assert entry.kind == "impossible"
        assert rule in entry.rules


@pytest.mark.parametrize("minutes", [150, 60])
def test_a_group_whose_leader_is_taken_is_told_by_what(minutes: int) -> None:
    """If it fails, six clients of a group hear that nobody looked, and not which session is in its place."""
    problem = alone(
        clients=[{"id": f"P{n}", "clinician": "C1"} for n in range(3)],
        requests=[
            *({"id": f"R{n}", "client": f"P{n}", "session_type": "couple", "group": "G1"} for n in range(2)),
            {"id": "R2", "client": "P2", "session_type": "talk"},
        ],
        session_types=[
            {"id": "talk", "minutes": 60},
            {"id": "couple", "minutes": minutes, "kind": "family", "smallest": 2, "largest": 2},
        ],
        groups=[{"id": "G1", "session_type": "couple", "members": ["P0", "P1"], "facilitators": ["C1"]}],
    )
    taken = Appointment(
        request="R2",
        session_type="talk",
        clients=("P2",),
        clinicians=("C1",),
        start=datetime(2026, 10, 5, 10, 0),
        minutes=60,
        mode=Mode.IN_PERSON,
    )
    index, schedule = Index(problem), empty(problem).model_copy(update={"appointments": (taken,)})
    found = group_as_it_stands(Ground(problem, schedule, index=index), 0)
    assert group_as_it_stands(Ground(problem, empty(problem), index=index), 0) is None
    # Beside a session of an hour there is room for a short one.
    assert (found is None) == (minutes == 60)
    if found is not None:
        assert (found.kind, found.rules) == ("blocked", ("no_overlap",))
        assert "R2 on Monday at 10:00 is there" in found.sentence


@pytest.mark.slow
def test_what_was_not_looked_at_is_said() -> None:
    """If it fails, silence is taken for an answer."""
    problem, schedule = thinned(3)
    entries = why_left_out(problem, schedule, unlimited(deterministic=0.0))
    assert any(entry.kind == "not_examined" for entry in entries)
    for entry in entries:
        assert entry.kind in ("not_examined", "impossible")
        assert bool(entry.rules) == (entry.kind == "impossible")
        assert ("ot examined" in entry.reason) == (entry.kind == "not_examined")


@pytest.mark.slow
def test_the_most_valuable_are_looked_at_first() -> None:
    """If it fails, the time goes to those that matter least, or models to whom a look would do."""
    problem, schedule = thinned(3)
    week = Ground(problem, schedule)
    entries = why_left_out(problem, schedule, unlimited(deterministic=0.05))
    value = {r.id: session_value(week.index, n) for n, r in enumerate(problem.requests)}
    looked = [value[e.request] for e in entries if e.kind in ("blocked", "fits")]
    open_ = sorted((value[e.request] for e in entries if e.kind != "impossible"), reverse=True)
    assert 0 < len(looked) < len(open_)
    # A look is booked with a hundredth: there were five, or a sixth by rounding.
    assert min(looked) >= open_[5]
    assert entries == why_left_out(problem, schedule, unlimited(deterministic=0.05))


@pytest.mark.parametrize(("limit", "most"), [(0.4, 0.2), (100.0, 6.0), (None, None)])
def test_reasons_take_at_most_half_of_a_deterministic_limit(limit: float | None, most: float | None) -> None:
    """If it fails, a limit that is meant to bound the work is used three times over for reasons."""
    budget = reasons_budget(Budget(None, limit, threading.Event()), 9.0)
    assert budget.deterministic == most


def test_entries_of_older_files_are_read() -> None:
    """If it fails, a schedule written before cannot be read any more."""
    entry = LeftOut.model_validate({"request": "R1", "rules": ["access"], "reason": "Because."})
    assert entry.kind is None


def test_a_rule_is_not_named_for_somebody_whom_another_bars_already() -> None:
    """If it fails, a full caseload is blamed although that clinician may not work at the site at all."""
    hours_there = hours("mon")
    problem = alone(
        sites=[{"id": "north"}, {"id": "west"}],
        clinicians=[
            {"id": "C1", "working": hours_there},
            {"id": "C2", "working": hours_there, "skills": ["spanish"], "sites": ["west"], "caseload_cap": 0},
        ],
        clients=[{"id": "P1"}],
        requests=[
            {"id": "R1", "client": "P1", "session_type": "talk", "skills": ["spanish"], "site": "north"}
        ],
        rulebook={"rules": {"continuity": {"enabled": False}}},
    )
    nothing = Schedule(problem=problem.name, week_start=problem.week_start, time_zone=problem.time_zone)
    (entry,) = why_left_out(problem, nothing, unlimited())
    assert entry.rules == ("qualification",)
    assert "C1 lacks the skill spanish" in entry.reason
    assert "cap" not in entry.reason
