"""Referrals into drawn weeks: who is proposed may, nobody means nobody, and the first week is the first."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.problem import Client, Problem, Request
from safeschedule.routing import route_intake
from safeschedule.schedule import Schedule
from tests.routing.checking import faults
from tests.solving.weeks import hours
from tests.stressing.weeks import HELD, planned, team

CASES = 200
WEEKS = 3
EACH = 4
"""Referrals to one drawn week."""


@dataclass(frozen=True)
class Case:
    """A referral to a planned week, with the discharges that are agreed."""

    problem: Problem
    schedule: Schedule
    client: Client
    request: Request
    known: ExpectedChanges


@cache
def drawn_week(seed: int) -> tuple[Problem, Schedule]:
    """Give a planned week with drawn caps, hours, leave, rooms and rules."""
    draw = random.Random(seed)
    people, sessions = draw.randint(1, 4), draw.randint(1, 4)
    points = {"default": draw.choice(["6", "9", "12", "16"])}
    caps: dict[str, Any] = {
        "caseload_cap": {"hard": draw.random() < 0.8, "parameters": {"points": points}},
        "high_acuity_cap": {"parameters": {"clients": {"default": draw.randint(1, 4)}}},
    }
    problem = team(people, sessions, draw.randint(1, 3), rulebook={"rules": HELD | caps})
    clinicians = []
    for person in problem.clinicians:
        given = person.model_dump(mode="json")
        if draw.random() < 0.4:
            given["working"] = hours(
                "mon", "tue", start="09:00", end=draw.choice(["12:00", "13:00", "16:00"])
            )
        if draw.random() < 0.15:
            given["leave"] = [
                {"start": "2026-10-05T00:00", "end": draw.choice(["2026-10-06T00:00", "2026-10-17T00:00"])}
            ]
        clinicians.append(given)
    changed = problem.to_dict() | {"clinicians": clinicians}
    made = Problem.from_dict(changed)
    return made, planned(made)


def drawn(number: int) -> Case:
    """Give a drawn case; the same number gives the same."""
    problem, schedule = drawn_week(number // EACH)
    draw = random.Random(10_000 + number)
    windows = draw.choice(
        [
            (),
            (),
            (),
            hours("mon", start="09:00", end="12:00"),
            hours("tue", start="09:00", end="10:00"),
            hours("mon", start="13:00", end="16:00"),
            hours("wed"),
        ]
    )
    client = Client.model_validate(
        {"id": "NEW", "band": draw.choice(["low", "moderate", "high"]), "windows": windows}
        | {"flags": draw.choice([[], [], ["coordination"], ["volatile"]])}
    )
    request = Request.model_validate(
        {"id": "first", "client": "NEW", "session_type": draw.choice(["talk", "talk", "crisis"])}
        | {"skills": draw.choice([[], [], ["duty"]]), "mode": draw.choice(["in_person", "either"])}
    )
    codes = [each.id for each in problem.clients]
    leaving = [
        {"client": code, "on": str(problem.week_start + timedelta(days=draw.randint(1, 16)))}
        for code in draw.sample(codes, min(len(codes), draw.randint(0, 2)))
    ]
    return Case(problem, schedule, client, request, ExpectedChanges.model_validate({"discharges": leaving}))


def wrong(case: Case) -> list[str]:
    """Route a case; give what is wrong with the answer, by the verifier and by whole weeks."""
    found = route_intake(
        case.problem, case.schedule, case.client, case.request, weeks=WEEKS, expected=case.known
    )
    monday = case.problem.week_start
    leaving = {each.client: (each.on - monday).days for each in case.known.discharges}
    return list(faults(found, case.problem, case.schedule, case.client, case.request, leaving))


@pytest.mark.parametrize("number", [1, 3, 14, 27, 174])
def test_a_few_drawn_referrals(number: int) -> None:
    """A change of routing would be seen only in the long test."""
    assert wrong(drawn(number)) == []


@pytest.mark.slow
@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="half an hour; SAFESCHEDULE_LONG=1")
@pytest.mark.parametrize("start", range(0, CASES, 20))
def test_two_hundred_drawn_referrals(start: int) -> None:
    """A referral would go to somebody who must not take it, or be turned away although somebody can."""
    found = {number: wrong(drawn(number)) for number in range(start, start + 20)}
    assert {number: told for number, told in found.items() if told} == {}


def test_the_drawn_cases_are_different_and_of_every_kind() -> None:
    """Two hundred times the same referral would prove one."""
    cases = [drawn(number) for number in range(40)]
    asked = {(case.client.model_dump_json(), case.request.model_dump_json()) for case in cases}
    assert len(asked) > 30
    assert len({case.problem.model_dump_json() for case in cases}) == 40 // EACH
