"""Referrals into drawn weeks: who is proposed may, nobody means nobody, and the first week is the first."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.problem import Client, Problem, Request
from safeschedule.routing import IntakeRouting, route_intake
from safeschedule.routing.standing_week import week_ahead
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify
from tests.routing.referrals import can_be_taken
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


def is_right(case: Case) -> IntakeRouting:
    """Route a case, and hold the answer against the verifier and against whole weeks that are solved."""
    problem, schedule = case.problem, case.schedule
    found = route_intake(problem, schedule, case.client, case.request, weeks=WEEKS, expected=case.known)
    before = {(a.request, a.start, a.clinicians) for a in schedule.appointments}
    for proposal in found.proposals:
        assert verify(found.problem, proposal.schedule).compliant
        after = {(a.request, a.start, a.clinicians) for a in proposal.schedule.appointments}
        assert after - before == {("first", proposal.appointment.start, (proposal.clinician,))}
        assert before <= after  # nobody else's time moves
        assert proposal.clinician not in {refusal.clinician for refusal in found.refusals}
    assert found.nobody is (None if found.proposals else True)
    if not found.proposals:
        told = [date.fromordinal(problem.week_start.toordinal() + 7 * n) for n in range(WEEKS)]
        for number, monday in enumerate(told):
            if found.first_week is not None and monday > found.first_week:
                break
            gone = [e.client for e in case.known.discharges if (e.on - problem.week_start).days <= 7 * number]
            ahead, held = week_ahead(problem, schedule, number, gone) if number else (problem, schedule)
            asked = case.request.model_copy(update={"earliest": None, "latest": None})
            assert can_be_taken(ahead, held, case.client, asked) is (monday == found.first_week), number
    return found


def test_a_few_drawn_referrals() -> None:
    """A change of routing would be seen only in the long test."""
    for number in (1, 14, 27):
        is_right(drawn(number))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("start", range(0, CASES, 20))
def test_two_hundred_drawn_referrals(start: int) -> None:
    """A referral would go to somebody who must not take it, or be turned away although somebody can."""
    for number in range(start, start + 20):
        is_right(drawn(number))


def test_the_drawn_cases_are_different_and_of_every_kind() -> None:
    """Two hundred times the same referral would prove one."""
    cases = [drawn(number) for number in range(40)]
    asked = {(case.client.model_dump_json(), case.request.model_dump_json()) for case in cases}
    assert len(asked) > 30
    assert len({case.problem.model_dump_json() for case in cases}) == 40 // EACH
