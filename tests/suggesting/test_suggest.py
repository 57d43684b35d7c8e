"""Slots that are suggested: each serves the request, breaks nothing, and says what it changes."""

import threading
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from safeschedule import solve
from safeschedule.errors import InputError
from safeschedule.problem import Client, Problem, Request
from safeschedule.problem.fixed import OWN
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.suggesting import Desk, Suggestions, suggest, suggest_moves
from safeschedule.testing.strategies.problems import sound_problems
from safeschedule.testing.strategies.schedules import schedules
from safeschedule.verifier import verify
from tests.solving.weeks import BARE, alone, hours, team
from tests.suggesting.weeks import assert_exact, solved

FEW = settings(
    phases=[__import__("hypothesis").Phase.generate],
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def assert_sound(before: Schedule, answer: Suggestions) -> None:
    """Hold every suggestion against the promises that are made of it."""
    asked = next(r for r in answer.problem.requests if r.id == answer.request)
    assert answer.slots or answer.reason
    assert len({(s.appointment.clinicians, s.appointment.start) for s in answer.slots}) == len(answer.slots)
    for slot in answer.slots:
        assert_exact(answer.problem, before, slot.schedule, slot.effects)
        assert not slot.effects.breaks
        gone = Counter(before.appointments) - Counter(slot.schedule.appointments)
        come = Counter(slot.schedule.appointments) - Counter(before.appointments)
        assert come == Counter([slot.appointment])
        blocks = Counter(before.blocks) - Counter(slot.schedule.blocks)
        assert blocks <= Counter(slot.blocks_gone)
        assert Counter(slot.schedule.blocks) - Counter(before.blocks) <= Counter(slot.blocks_come)
        if asked.group is None:
            assert gone == Counter([] if answer.moving is None else [answer.moving])
        held = served(answer.problem, slot.schedule)[asked.id] - served(answer.problem, before)[asked.id]
        assert held == (1 if answer.moving is None else 0)
    gains = [tuple(slot.effects.gains.values()) for slot in answer.slots]
    assert gains == sorted(gains, reverse=True)
    assert str(answer)
    assert len(answer.to_dict()["slots"]) == len(answer.slots)


def _with_one_out(schedule: Schedule, number: int) -> tuple[str, Schedule]:
    """Take a session out of a schedule; return its request and what is left."""
    alone = [a for a in schedule.appointments if a.group is None]
    out = alone[number % len(alone)]
    left = tuple(a for a in schedule.appointments if a is not out)
    return str(out.request), schedule.model_copy(update={"appointments": left})


@FEW
@given(st.data())
def test_suggestions_in_any_week_are_sound(data: st.DataObject) -> None:
    """A slot would break a rule, move somebody else, or cost what is not said."""
    problem = data.draw(sound_problems())
    schedule = data.draw(schedules(problem))
    placed = served(problem, schedule)
    open_ones = [r for r in problem.requests if placed[r.id] < r.count]
    assume(open_ones)
    request = data.draw(st.sampled_from(open_ones))
    assert_sound(schedule, suggest(problem, schedule, request))


@FEW
@given(st.data())
def test_moves_in_any_week_are_sound(data: st.DataObject) -> None:
    """A moved session would be there twice, break a rule, or take others along."""
    problem = data.draw(sound_problems())
    schedule = data.draw(schedules(problem))
    alone = [a for a in schedule.appointments if a.group is None]
    assume(alone)
    assert_sound(schedule, suggest_moves(problem, schedule, data.draw(st.sampled_from(alone))))


@pytest.mark.xdist_group("solved")
@settings(FEW, max_examples=8)
@given(st.integers(0, 1000))
def test_what_was_taken_out_finds_a_slot_again(number: int) -> None:
    """A search that overlooks the slot that is known to be there would overlook others."""
    problem, schedule = solved()
    request, left = _with_one_out(schedule, number)
    answer = suggest(problem, left, request)
    assert answer.slots
    assert_sound(left, answer)
    for slot in answer.slots:
        assert verify(problem, slot.schedule).compliant


def _small(**changes: Any) -> tuple[Problem, Schedule]:
    """Give a week with rules that ask for no team blocks, and nothing planned."""
    off = {name: {"enabled": False} for name in ("case_review", "fair_load", "response_reserve")}
    problem = team(rulebook={"rules": BARE | off | {"documentation": {"enabled": True}}}, **changes)
    return problem, Schedule(problem="team", week_start=problem.week_start, time_zone=problem.time_zone)


def test_an_empty_half_day_gets_its_documentation() -> None:
    """A slot in an empty half-day would be missed, although only the clinician's own block is lacking."""
    problem, schedule = _small()
    answer = suggest(problem, schedule, "R1")
    assert answer.slots
    assert_sound(schedule, answer)
    assert {block.kind for slot in answer.slots for block in slot.blocks_come} <= set(OWN)
    assert all(slot.blocks_come for slot in answer.slots)


def test_other_dates_come_before_other_times_of_one_date() -> None:
    """Five neighbours of one slot would be all that a client is offered."""
    problem, schedule = _small()
    answer = suggest(problem, schedule, Request(id="new", client="P6", session_type="talk"))
    dates = [slot.appointment.start.date() for slot in answer.slots]
    assert len(set(dates)) == 3
    assert len(answer.slots) == 5


def test_a_new_client_of_a_new_request_is_asked_of_all() -> None:
    """An urgent client would have to be put into the week by hand."""
    problem, schedule = _small()
    known = problem.model_copy(update={"clients": (*problem.clients, Client(id="P99", band="low"))})
    answer = suggest(known, schedule, Request(id="R99", client="P99", session_type="talk", priority=5))
    assert {slot.appointment.clinicians for slot in answer.slots} <= {("S1",), ("S2",), ("C3",)}
    assert answer.examined + answer.not_examined == 3
    assert answer.problem.requests[-1].id == "R99"
    assert_sound(schedule, answer)


def test_without_a_slot_it_says_why() -> None:
    """Nobody would know what stands against a request."""
    problem, schedule = _small()
    never = Request(id="new", client="P6", session_type="talk", earliest=date(2026, 10, 9))
    answer = suggest(problem, schedule, never)
    assert (answer.slots, answer.reason != "") == ((), True)
    assert answer.rules


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"weekly_sessions": 0}, "on each the limit of the week (session_limits) is reached"),
        ({"daily_sessions": 0}, "on each the limit of the date (session_limits) is reached"),
    ],
)
def test_a_limit_that_is_reached_is_the_reason(own: dict[str, int], said: str) -> None:
    """If it fails, somebody looks for another day in a full week, or for other hours on a full day."""
    people = [c.model_dump(mode="json") | own for c in team().clinicians]
    problem, schedule = _small(clinicians=people)
    answer = suggest(problem, schedule, "R1")
    assert not answer.slots
    assert answer.rules[0] == "session_limits"
    assert said in answer.reason


def test_a_full_caseload_is_the_reason() -> None:
    """If it fails, somebody looks for another day for a client whom the clinicians cannot take on."""
    given: dict[str, Any] = {
        "clinicians": [{"id": "C1", "working": hours("mon", "tue"), "caseload_cap": 2}],
        "clients": [{"id": "P1", "points": 2}, {"id": "P2", "points": 2}],
        "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in (1, 2)],
    }
    problem = alone(**given)
    schedule = solve(problem, deterministic_limit=5, workers=1).schedule
    assert schedule is not None
    (entry,) = schedule.left_out
    answer = suggest(problem, schedule, entry.request)
    assert "on each the limit of the caseload (caseload_cap) is reached" in answer.reason
    assert "(P1 and P2)" in answer.reason
    roomy = alone(**given | {"clinicians": [given["clinicians"][0] | {"caseload_cap": 4}]})
    assert suggest(roomy, schedule, entry.request).slots


def test_a_stop_ends_the_search() -> None:
    """Ctrl-C would be heard only when everything was looked at."""
    problem, schedule = _small()
    stop = threading.Event()
    stop.set()
    answer = suggest(problem, schedule, "R1", stop=stop)
    assert (answer.slots, answer.stopped) == ((), True)
    assert "stopped" in answer.reason


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ("R9999", "unknown_reference"),
        (Request(id="new", client="nobody", session_type="talk"), "unknown_reference"),
        (Request(id="R1", client="P6", session_type="talk"), "duplicate_id"),
    ],
)
def test_bad_requests_are_refused(request_: str | Request, code: str) -> None:
    """Slots would be suggested for something that nobody asked for."""
    problem, schedule = _small()
    with pytest.raises(InputError) as caught:
        suggest(problem, schedule, request_)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_what_is_placed_is_moved_and_not_placed_twice() -> None:
    """A request would be served more often than it asks."""
    problem, schedule = _small()
    taken = suggest(problem, schedule, "R1").slots[0]
    with pytest.raises(InputError, match="already_placed"):
        suggest(problem, taken.schedule, "R1")
    answer = Desk(problem, taken.schedule).suggest_moves("R1")
    assert answer.slots
    assert answer.moving == taken.appointment
    assert all(slot.appointment.start != taken.appointment.start for slot in answer.slots)
    assert taken.appointment.start > datetime(2026, 10, 5)
    assert_sound(taken.schedule, answer)
