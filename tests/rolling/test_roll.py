"""Weeks in a row: each verified against the one before, changed by callers, stopped, ended by trouble."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from safeschedule import verify
from safeschedule.errors import InputError
from safeschedule.problem import Client, Problem, Request
from safeschedule.rolling import PlannedWeek, Roll, next_week, roll
from safeschedule.schedule.serving import served
from tests.caseload.team import bands
from tests.rolling.weeks import LIMITS, PLAIN, week


def rolled(problem: Problem, weeks: int, **options: Any) -> Roll:
    """Give a short repeatable roll."""
    return roll(problem, weeks, **LIMITS | options)


@pytest.fixture(scope="module")
def three() -> Roll:
    """Three weeks in which contacts follow from bands."""
    return rolled(week(bands=bands(contact_type="talk", review_type="review")), 3)


def test_every_week_is_verified_against_the_one_before(three: Roll) -> None:
    """A rule that crosses the week's edge would be broken unseen."""
    assert three.complete
    assert three.stopped == ""
    for earlier, later in pairwise(three.weeks):
        own = next_week(earlier.problem, earlier.schedule)
        assert later.problem.week_start == earlier.problem.week_start + timedelta(weeks=1)
        assert later.problem.history == own.history
        assert later.problem.clients == own.clients
    for planned in three.weeks:
        assert verify(planned.problem, planned.schedule).compliant
        assert planned.row.compliant
    assert three.following == next_week(three.weeks[-1].problem, three.weeks[-1].schedule)


def test_weekly_sessions_new_clients_and_contacts(three: Roll) -> None:
    """A quarter would be one week and twelve empty ones."""
    asked = [{request.id for request in planned.problem.requests} for planned in three.weeks]
    assert all("R1" in codes for codes in asked)
    assert "R3" not in asked[1]
    new = {client.id: client for client in three.weeks[1].problem.clients}["N1"]
    assert new.clinician is not None
    assert "contact K3 2026-10-14" in asked[1]


def test_the_edge_of_the_week_counts() -> None:
    """A client would be seen on Friday and again on Monday, whatever the spacing rule says."""
    hours = [{"day": day, "start": "09:00", "end": "12:00"} for day in ("mon", "sun")]
    problem = week(
        clinicians=[{"id": "C1", "working": hours}],
        clients=[{"id": "K1", "clinician": "C1"}],
        requests=[{"id": "R1", "client": "K1", "session_type": "talk", "every": 1}],
        history={"appointments": [_past("2026-10-04")]},
        rulebook={"rules": PLAIN | {"client_spacing": {"parameters": {"days": 1}}}},
    )
    first, second = rolled(problem, 2).weeks
    # The day after Sunday's session is taken, so the week's is on Sunday; and so on.
    assert first.schedule.appointments[0].start.date() == date(2026, 10, 11)
    assert second.schedule.appointments[0].start.date() == date(2026, 10, 18)


def _past(day: str) -> dict[str, Any]:
    return {"client": "K1", "clinician": "C1", "start": f"{day}T10:00", "minutes": 60}


def test_what_was_left_out_rises_until_it_is_met() -> None:
    """The same client would be left out week after week."""
    hours = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    clients = [{"id": f"K{n}", "clinician": "C1"} for n in range(4)]
    requests = [
        {"id": f"R{n}", "client": f"K{n}", "session_type": "talk", "every": 1, "priority": 1}
        for n in range(4)
    ]
    problem = week(clinicians=[{"id": "C1", "working": hours}], clients=clients, requests=requests)
    done = rolled(problem, 4)
    met = [[a.request for a in planned.schedule.appointments] for planned in done.weeks]
    assert sorted(code for codes in met for code in codes) == ["R0", "R1", "R2", "R3"]
    assert [planned.row.oldest for planned in done.weeks] == [0, 1, 2, 3]
    assert [planned.row.carried for planned in done.weeks] == [0, 3, 3, 3]


def test_a_callers_changes_come_before_their_week() -> None:
    """Arrivals and departures could not be looked at."""

    def change(problem: Problem, number: int) -> Problem:
        if number != 2:
            return problem
        new = Client(id="N2", waiting_since=problem.week_start)
        asked = Request(id="R9", client="N2", session_type="first", every=1)
        return problem.model_copy(
            update={"clients": (*problem.clients, new), "requests": (*problem.requests, asked)}
        )

    done = rolled(week(), 3, change=change)
    asked = ["R9" in {r.id for r in planned.problem.requests} for planned in done.weeks]
    assert asked == [False, True, True]
    assert {client.id: client.clinician for client in done.following.clients}["N2"] is not None


def test_it_ends_at_a_week_with_faults_and_says_which() -> None:
    """The weeks before would be lost, or nobody would know why there are no more."""

    def change(problem: Problem, number: int) -> Problem:
        wrong = Request(id="R9", client="nobody", session_type="talk")
        return problem if number < 3 else problem.model_copy(update={"requests": (wrong,)})

    done = rolled(week(), 5, change=change)
    assert (len(done.weeks), done.complete) == (2, False)
    assert done.stopped.startswith("Week 3 (2026-10-19) has no schedule.")
    assert "unknown_reference" in done.stopped


def test_it_ends_at_a_week_that_cannot_be_planned() -> None:
    """Nobody would know which week cannot be done."""

    def change(problem: Problem, number: int) -> Problem:
        # A day programme on seven dates, and nobody works on more than three.
        daily = [
            client.model_copy(update={"daily_least": 1, "comes_daily": True}) for client in problem.clients
        ]
        return problem if number < 3 else problem.model_copy(update={"clients": tuple(daily)})

    done = rolled(week(), 5, change=change)
    assert len(done.weeks) == 2
    assert done.stopped.startswith("Week 3 (2026-10-19) has no schedule.")
    assert done.following.week_start == date(2026, 10, 19)


def test_a_first_week_with_faults_is_refused() -> None:
    """Bad input would pass for a week that cannot be done."""
    with pytest.raises(InputError):
        rolled(week(requests=[{"id": "R1", "client": "nobody", "session_type": "talk"}]), 2)


def test_no_weeks_are_no_roll() -> None:
    """A mistyped number would plan nothing and succeed."""
    with pytest.raises(ValueError, match="from 1 to 5200"):
        rolled(week(), 0)


def test_a_stop_keeps_the_weeks_that_are_done() -> None:
    """Whoever stops a long roll would lose it, or get a week that had not its time."""
    stop = threading.Event()
    seen: list[int] = []

    def on_week(planned: PlannedWeek) -> None:
        seen.append(planned.number)
        if planned.number == 2:
            stop.set()

    done = rolled(week(), 5, on_week=on_week, stop=stop)
    assert seen == [planned.number for planned in done.weeks] == [1, 2]
    assert (done.complete, done.stopped) == (False, "Stopped after 2 of 5 weeks.")


def test_a_week_that_is_stopped_half_way_is_left() -> None:
    """A week cut short would be taken for one that was planned."""
    stop = threading.Event()
    done = rolled(week(), 3, on_progress=lambda number, _: stop.set() if number == 2 else None, stop=stop)
    assert len(done.weeks) == 1


def test_the_same_limits_give_the_same_quarter(three: Roll) -> None:
    """A roll could not be made again."""
    again = rolled(three.weeks[0].problem, 2)
    assert [w.schedule for w in again.weeks] == [w.schedule for w in three.weeks[:2]]


def test_a_request_that_nobody_can_meet_does_not_keep_a_client_from_being_seen() -> None:
    """The client would age with the request."""
    problem = week(
        clients=[{"id": "K1", "clinician": "C1", "band": "high", "last_contact": "2026-09-20"}],
        requests=[{"id": "R1", "client": "K1", "session_type": "talk", "skills": ["flying"]}],
        bands=bands(contact_type="talk", review_type=None),
    )
    done = rolled(problem, 4)
    met = [[a.request for a in planned.schedule.appointments] for planned in done.weeks]
    assert met == [[], [], ["contact K1 2026-09-27"], []]
    assert [planned.row.left_to_age for planned in done.weeks] == [1, 1, 0, 0]


def test_requests_of_bands_age_under_their_name() -> None:
    """A contact left out for weeks would count as new each week."""
    hours = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    problem = week(
        clinicians=[{"id": "C1", "working": hours}],
        clients=[
            {"id": f"K{n}", "clinician": "C1", "last_contact": "2026-09-01", "band": "low"} for n in (1, 2, 3)
        ],
        requests=[],
        bands=bands(contact_type="talk", review_type=None),
    )
    done = rolled(problem, 3)
    assert [planned.row.oldest for planned in done.weeks] == [0, 1, 2]
    assert [served(w.problem, w.schedule).total() for w in done.weeks] == [1, 1, 1]
