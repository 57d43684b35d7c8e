"""Overdue clients of high bands who are left out, and whether somebody less urgent is seen instead."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule.problem import Problem
from safeschedule.rolling.passed_over import left_to_age, passed_over
from safeschedule.schedule import Schedule
from tests.rolling.weeks import planned, session, week

HIGH = {"id": "H", "clinician": "C1", "band": "high", "last_contact": "2026-09-20"}
LOW = {"id": "L", "clinician": "C1", "band": "low", "last_contact": "2026-09-20"}
MONDAY = "2026-10-05T09:00"


def asking(*clients: dict[str, Any], **changes: Any) -> Problem:
    """Give a week in which each client asks for a talk."""
    requests = [{"id": f"R{c['id']}", "client": c["id"], "session_type": "talk"} for c in clients]
    return week(clients=list(clients), requests=requests, **changes)


def seeing(*clients: str, by: str = "C1") -> Schedule:
    starts = ("2026-10-05T09:00", "2026-10-05T10:00", "2026-10-07T09:00")
    rows = [session(start, who, by, request=f"R{who}") for start, who in zip(starts, clients, strict=False)]
    return planned(*rows)


def test_a_lower_band_seen_instead_is_told() -> None:
    """Nobody would see that somebody at risk waits behind somebody who is not."""
    problem = asking(HIGH, LOW)
    (found,) = passed_over(problem, seeing("L"))
    assert (found.due.client, found.request, found.instead) == ("H", "RH", "L")
    assert [due.client for due in left_to_age(problem, seeing("L"))] == ["H"]


def test_who_is_seen_is_not_left() -> None:
    """Every overdue client would count, seen or not."""
    assert left_to_age(asking(HIGH, LOW), seeing("H", "L")) == ()
    assert passed_over(asking(HIGH, LOW), seeing("H", "L")) == ()


@pytest.mark.parametrize(
    ("change", "other"),
    [
        ({"last_contact": "2026-09-29"}, {}),  # falls due in the week
        ({"band": "moderate", "last_contact": "2026-09-01"}, {}),  # no high-acuity band
        ({}, {"band": "very_high", "last_contact": "2026-10-04"}),  # a higher band is seen
        ({}, {"last_contact": "2026-09-06"}),  # overdue as well
        ({"windows": [{"day": "tue", "start": "09:00", "end": "12:00"}]}, {}),  # cannot come then
    ],
)
def test_nobody_is_passed_over(change: dict[str, Any], other: dict[str, Any]) -> None:
    """The figure would blame weeks that could not be better."""
    assert passed_over(asking(HIGH | change, LOW | other), seeing("L")) == ()


def test_only_who_was_asked_for_can_be_passed_over() -> None:
    """A week would be blamed for what nobody has asked of it."""
    problem = asking(HIGH, LOW)
    problem = problem.model_copy(update={"requests": problem.requests[1:]})
    assert len(left_to_age(problem, seeing("L"))) == 1
    assert passed_over(problem, seeing("L")) == ()


def test_another_clinicians_session_does_not_count() -> None:
    """A colleague's hour would pass for one that the own clinician has."""
    problem = asking(HIGH, LOW | {"clinician": "C2"})
    assert passed_over(problem, seeing("L", by="C2")) == ()


def test_what_is_pinned_cannot_be_given_up() -> None:
    """A decision would count as a choice of the planner."""
    pin = {"request": "RL", "clinician": "C1", "start": MONDAY}
    assert passed_over(asking(HIGH, LOW, pinned_appointments=[pin]), seeing("L")) == ()


def test_the_exchange_has_to_keep_every_hard_rule() -> None:
    """An hour would be held against the week in which the session cannot lie."""
    longer = week().session_types[0].model_copy(update={"minutes": 120})
    problem = asking(HIGH, LOW, LOW | {"id": "M"})
    hard = problem.requests[0].model_copy(update={"session_type": "long"})
    types = (*problem.session_types, longer.model_copy(update={"id": "long"}))
    problem = problem.model_copy(update={"requests": (hard, *problem.requests[1:]), "session_types": types})
    # Two hours fit where one was only when nothing follows it.
    assert passed_over(problem, seeing("L", "M"))[0].instead == "M"
    full = planned(
        *(session(f"2026-10-05T{h}:00", w, request=f"R{w}") for h, w in (("10", "L"), ("11", "M")))
    )
    assert passed_over(problem, full) == ()
