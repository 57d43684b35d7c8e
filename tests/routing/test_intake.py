"""Routing proposes whom the rules allow, and says nobody only where nobody can."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.errors import ArgumentError
from safeschedule.ledger import IntakeRestriction, LedgerView
from safeschedule.problem import Problem
from safeschedule.routing import IntakeRouting, route_intake
from safeschedule.routing.referred import with_referral
from safeschedule.routing.whole_week import fits_whole_week
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify
from tests.routing.referrals import can_be_taken, referral, week
from tests.solving.weeks import hours

WINDOWS = st.sampled_from(
    [(), hours("mon", start="09:00", end="12:00"), hours("tue", start="09:00", end="10:00"), hours("wed")]
)
WEEKS = st.sampled_from([(2, 2, 1), (2, 3, 2), (3, 3, 3), (3, 4, 2), (2, 4, 2)])


def route(weeks: int = 1, **said: Any) -> IntakeRouting:
    problem, schedule = week(3, 3, 3)
    return route_intake(problem, schedule, *referral(**said), weeks=weeks)


@pytest.mark.slow
@pytest.mark.long
@settings(max_examples=200)
@given(WEEKS, st.sampled_from(["low", "moderate", "high"]), WINDOWS, st.sampled_from([(), ("duty",)]))
def test_proposals_verify_and_nobody_means_nobody(
    size: tuple[int, int, int], band: str, windows: Any, skills: tuple[str, ...]
) -> None:
    """A referral would go to somebody who must not take it, or be turned away although somebody can."""
    problem, schedule = week(*size)
    client, request = referral(band=band, windows=windows, skills=skills)
    found = route_intake(problem, schedule, client, request, weeks=1)
    for proposal in found.proposals:
        assert verify(found.problem, proposal.schedule).compliant
        assert proposal.appointment in proposal.schedule.appointments
        before = {(a.request, a.start, a.clinicians) for a in schedule.appointments}
        after = {(a.request, a.start, a.clinicians) for a in proposal.schedule.appointments}
        assert after - before == {("first", proposal.appointment.start, (proposal.clinician,))}
        assert before <= after  # nobody else's time moves
    assert found.nobody is (None if found.proposals else True)
    if not found.proposals:
        assert not can_be_taken(problem, schedule, client, request)


def test_most_headroom_comes_first_and_is_told() -> None:
    """Somebody nearly full would get the client because of a shorter list of names."""
    found = route(band="low")
    left = [proposal.headroom for proposal in found.proposals]
    assert left
    assert left == sorted(left, reverse=True, key=lambda value: value or 0)
    assert "points of 7.5" in found.proposals[0].reasons[0]


def test_who_is_out_of_the_question_is_told_why() -> None:
    """A clinician without the language, or at the cap, would be left out without a word."""
    found = route(band="low", skills=["duty"])
    assert [(no.clinician, no.rules) for no in found.refusals] == [("C0", ("qualification", "caseload_cap"))]
    assert "C0" not in {proposal.clinician for proposal in found.proposals}


def closed(*whose: str | None, until: date = date(2026, 10, 11)) -> LedgerView:
    return LedgerView((), restricted=tuple(IntakeRestriction(7, code, until) for code in whose))


@pytest.mark.parametrize("whose", [("C0",), ("C1", "C2"), ("C0", "C1"), ("C0", "C1", "C2"), (None,)])
def test_whose_intakes_are_restricted_takes_nobody(whose: tuple[str | None, ...]) -> None:
    """Leadership would decide that nobody comes to a clinician, and intake send a client all the same."""
    problem, schedule = week(3, 3, 3)
    found = route_intake(problem, schedule, *referral(band="low"), weeks=1, ledger=closed(*whose))
    for proposal in found.proposals:
        assert not {None, proposal.clinician} & set(whose)
    if not found.proposals:
        assert found.nobody is True
        everybody = len(whose) == 3 or None in whose
        assert ("Nobody can in this week: intakes are restricted." in found.head()) is everybody
    for code in whose if None not in whose else ("C0", "C1", "C2"):
        (against,) = [no for no in found.refusals if no.clinician == code]
        assert "intakes_restricted" in against.rules
        assert "(capacity exception, entry 7 of the ledger)" in against.reason
        assert "until 2026-10-11" in against.reason


def test_the_whole_week_gives_no_session_to_whoever_is_closed() -> None:
    """The last resort, one model of the week, would find the clinician whom the decision closes."""
    problem, schedule = week(3, 3, 3)
    client, request = referral(band="low")
    full_week, asked = with_referral(problem, client, request)
    free = fits_whole_week(full_week, schedule, asked)
    assert free.fits
    people = {person.id for person in problem.clinicians}
    assert fits_whole_week(full_week, schedule, asked, closed=people).fits is False
    for code in people:
        made = fits_whole_week(full_week, schedule, asked, closed=people - {code}).schedule
        given = [] if made is None else [a.clinicians for a in made.appointments if a.request == "first"]
        assert given in ([], [(code,)])


def test_the_first_week_comes_after_the_restriction() -> None:
    """A family would be told a week in which nobody is taken, or be sent away for ever."""
    problem, schedule = week(3, 3, 3)
    first = problem.week_start
    until = first + timedelta(days=14)
    found = route_intake(problem, schedule, *referral(band="low"), weeks=5, ledger=closed(None, until=until))
    assert (found.proposals, found.first_week) == ((), first + timedelta(weeks=3))
    before = closed(None, until=first - timedelta(days=1))
    assert route_intake(problem, schedule, *referral(band="low"), weeks=1, ledger=before).proposals


def full(points: int) -> tuple[Problem, Schedule]:
    """Give a planned week in which everybody's cap leaves two points less than some."""
    problem, schedule = week(3, 3, 3)
    carried = dict.fromkeys(("C0", "C1", "C2"), 0)
    for client in problem.clients:
        carried[client.clinician or ""] += 3 if client.band == "high" else 1
    people = tuple(
        person.model_copy(update={"caseload_cap": carried[person.id] + points})
        for person in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": people}), schedule


def test_when_nobody_can_it_says_what_would_change_it_and_what_there_is() -> None:
    """A referral would be turned away with nothing to do next."""
    problem, schedule = full(1)
    found = route_intake(problem, schedule, *referral(band="moderate"), weeks=2)
    assert (found.proposals, found.nobody, found.first_week) == ((), True, None)
    assert {no.rules for no in found.refusals} == {("caseload_cap",)}
    assert all(
        "The discharge of one client of 1 points or more would do" in no.change for no in found.refusals
    )
    assert found.instead == ("The waitlist: 0 clients would be before this one.", "An external referral.")
    assert "In none of 2 weeks" in str(found)


@pytest.mark.slow
def test_the_first_week_is_the_first_in_which_solving_finds_a_place() -> None:
    """A client would be told a week in which nobody can, or wait longer than needed."""
    problem, schedule = full(1)
    client, request = referral(band="moderate")
    leaving = next(c.id for c in problem.clients if c.clinician == "C1")
    known = ExpectedChanges.model_validate({"discharges": [{"client": leaving, "on": "2026-10-15"}]})
    found = route_intake(problem, schedule, client, request, weeks=4, expected=known)
    assert found.first_week == date(2026, 10, 19)
    for number in range(3):
        there = found.first_week == problem.week_start + timedelta(weeks=number)
        gone = {leaving} if number == 2 else set()
        assert can_be_taken(*_ahead(problem, schedule, number, gone), client, request) is there


def _ahead(problem: Problem, schedule: Schedule, number: int, gone: set[str]) -> tuple[Problem, Schedule]:
    """Give the same week so many weeks later, without somebody."""
    later = timedelta(weeks=number)
    held = [
        each.model_copy(update={"start": each.start + later})
        for each in schedule.appointments
        if not gone & set(each.clients)
    ]
    moved = problem.model_copy(
        update={
            "week_start": problem.week_start + later,
            "clients": tuple(c for c in problem.clients if c.id not in gone),
            "requests": tuple(r for r in problem.requests if r.client not in gone),
        }
    )
    return moved, schedule.model_copy(update={"week_start": moved.week_start, "appointments": tuple(held)})


def test_a_client_who_waits_is_routed_by_code() -> None:
    """Whoever waits would have to be typed in again."""
    problem, schedule = week(3, 3, 3)
    client, request = referral(band="low")
    waiting = problem.with_changes(clients=(*problem.clients, client), requests=(*problem.requests, request))
    by_code = route_intake(waiting, schedule, "NEW", weeks=1)
    assert by_code.request == "first"
    assert [p.appointment for p in by_code.proposals] == [p.appointment for p in route(band="low").proposals]


@pytest.mark.parametrize(
    ("client", "code"), [("P0", "bad_value"), ("NOBODY", "unknown_reference"), ("NEW", "unknown_reference")]
)
def test_whom_nobody_refers_is_refused(client: str, code: str) -> None:
    """A client of somebody's caseload would be given away, or a slip be routed."""
    problem, schedule = week(3, 3, 3)
    with pytest.raises(ArgumentError) as caught:
        route_intake(problem, schedule, client)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_without_an_intake_type_the_first_session_has_to_be_named() -> None:
    """Some session type would be taken that is no first session."""
    problem, schedule = week(3, 3, 3)
    with pytest.raises(ArgumentError) as caught:
        route_intake(problem, schedule, referral()[0])
    assert [fault.code for fault in caught.value.faults] == ["missing_argument"]
