"""Reasons for requests left out: one readable sentence, and the rule named does stand against it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from safeschedule import Problem, Result, solve
from safeschedule.catalogue import rules
from safeschedule.explaining.left_out import why_left_out
from safeschedule.result import Status
from safeschedule.samples import generate
from safeschedule.schedule import LeftOut
from safeschedule.verifier import verify
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


def test_sentences_of_a_crowded_team() -> None:
    """If it fails, a reason cannot be read aloud in a meeting."""
    result = solve(crowded(), deterministic_limit=1, workers=1)
    assert result.left_out
    for entry in result.left_out:
        check_sentence(entry)


def test_reasons_on_what_is_near_are_those_of_the_whole_week() -> None:
    """If it fails, leaving the rest of a team out of a trial changes what people are told."""
    problem = generate(6, 4)
    result = solve(problem, deterministic_limit=4.0, workers=1)
    assert result.schedule is not None
    near = why_left_out(problem, result.schedule, verify)
    whole = why_left_out(problem, result.schedule, lambda _, trial: verify(problem, trial))
    assert near
    assert [(e.request, e.rules) for e in near] == [(e.request, e.rules) for e in whole]
