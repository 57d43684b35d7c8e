"""What waits and what comes again: no session is lost, none is asked for twice."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.problem import Problem, Request
from safeschedule.rolling import Agenda
from safeschedule.schedule import Schedule
from tests.rolling.weeks import met, week


def asking(**changes: Any) -> Problem:
    """Give the week with one request, changed."""
    return week(requests=[{"id": "R1", "client": "K1", "session_type": "talk"} | changes])


def as_asked(problem: Problem, agenda: Agenda) -> Problem:
    """Give the problem of an agenda's week."""
    asked = {"requests": agenda.requests(), "upcoming": agenda.upcoming()}
    return problem.model_copy(update={"week_start": agenda.week_start, **asked})


def after(problem: Problem, *weeks: Schedule) -> Agenda:
    """Give the agenda after weeks with these schedules."""
    agenda = Agenda.of(problem)
    for schedule in weeks:
        agenda = agenda.after(as_asked(problem, agenda), schedule)
    return agenda


def counts(agenda: Agenda) -> dict[str, tuple[int, int]]:
    """Give sessions and priority by request."""
    return {request.id: (request.count, request.priority) for request in agenda.requests()}


def test_nothing_behind_it_is_the_problem_itself() -> None:
    """The first week would not be the one that was given."""
    problem = week()
    assert Agenda.of(problem).requests() == problem.requests
    assert set(Agenda.of(problem).ages().values()) == {0}


def test_what_was_left_out_stays_and_rises() -> None:
    """A client would be forgotten, or wait behind others for ever."""
    problem = asking(priority=2)
    assert counts(after(problem, met())) == {"R1": (1, 3)}
    assert counts(after(problem, met(), met())) == {"R1": (1, 4)}
    found = after(problem, *[met()] * 9)
    assert counts(found) == {"R1": (1, 5)}
    assert found.ages() == {"R1": 9}


def test_what_was_met_goes() -> None:
    """A single session would be held week after week."""
    assert after(asking(), met("R1")).requests() == ()


def test_some_sessions_met_leaves_the_others() -> None:
    """The rest of a request would be lost, or all of it asked for again."""
    assert counts(after(asking(count=3), met("R1", "R1"))) == {"R1": (1, 4)}


def test_weekly_ones_come_again_at_their_first_priority() -> None:
    """A standing appointment would end after a week, or keep the priority of a week that was left out."""
    problem = asking(every=1, priority=2)
    assert counts(after(problem, met("R1"))) == {"R1": (1, 2)}
    assert counts(after(problem, met(), met("R1"))) == {"R1": (1, 2)}


def test_every_third_week() -> None:
    """It would be asked for in weeks between, or never again."""
    problem, nothing = asking(every=3), met()
    schedules = [met("R1"), nothing, nothing, met("R1"), nothing]
    found = [len(after(problem, *schedules[:number]).requests()) for number in range(6)]
    assert found == [1, 0, 0, 1, 0, 0]


def test_some_met_of_a_recurring_request_are_two_rhythms() -> None:
    """Sessions left out would be given up, or those met asked for too early."""
    problem = asking(count=3, every=2, priority=1)
    first = after(problem, met("R1"))
    assert counts(first) == {"R1": (2, 2)}
    assert counts(after(problem, met("R1"), met("R1", "R1"))) == {"R1": (1, 1)}
    assert counts(after(problem, met("R1"), met())) == {"R1": (3, 3)}
    # The two that waited longest are met first; the third has waited for one week then.
    third = after(problem, met("R1"), met(), met("R1", "R1"))
    assert counts(third) == {"R1": (1, 2)}


@given(st.integers(1, 5), st.integers(1, 3), st.lists(st.integers(0, 5), max_size=8))
def test_sessions_of_a_recurring_request_are_neither_lost_nor_made(
    count: int, every: int, weeks: list[int]
) -> None:
    """Over a quarter a client would get less than was agreed, or more."""
    problem = asking(count=count, every=every)
    agenda = Agenda.of(problem)
    for number in weeks:
        asked = sum(request.count for request in agenda.requests())
        schedule = met(*["R1"] * min(number, asked))
        agenda = agenda.after(as_asked(problem, agenda), schedule)
        assert sum(ask.sessions for ask in agenda.asks) == count
        assert all(ask.due <= agenda.week_start + timedelta(weeks=every - 1) for ask in agenda.asks)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"earliest": "2026-10-06", "latest": "2026-10-09"}, {"earliest": None, "latest": None}),
        ({"latest": "2026-10-14"}, {"latest": "2026-10-14"}),
        ({"latest": "2026-10-11"}, {"latest": None}),
        ({"latest": "2026-10-12"}, {"latest": "2026-10-12"}),
    ],
)
def test_dates_that_have_passed_are_dropped(dates: dict[str, str], expected: dict[str, str | None]) -> None:
    """The next week would have a fault, or a date that was agreed would be lost."""
    (request,) = after(asking(**dates), met()).requests()
    found = request.model_dump(mode="json")
    assert {name: found[name] for name in expected} == expected


def test_the_order_of_requests_stays() -> None:
    """The same weeks would have other hashes."""
    problem = week()
    assert [r.id for r in after(problem, met("R2")).requests()] == ["R1", "R3"]
    assert [r.id for r in after(problem, met("R1")).requests()] == ["R1", "R2", "R3"]


def test_a_groups_sessions_count_for_those_who_asked() -> None:
    """Members of a group would be asked for again though they were there."""
    circle = {"id": "G1", "session_type": "circle", "open": True}
    asks = [
        {"id": f"A{n}", "client": f"K{n}", "session_type": "circle", "group": "G1", "every": 1}
        for n in (1, 2)
    ]
    problem = week(groups=[circle], requests=asks)
    held = {"group": "G1", "session_type": "circle", "clients": ["K1"], "clinicians": ["C1"]}
    schedule = Schedule.model_validate(
        {"week_start": "2026-10-05"} | {"appointments": [held | {"start": "2026-10-05T09:00", "minutes": 60}]}
    )
    found = Agenda.of(problem).after(problem, schedule)
    assert found.ages() == {"A1": 0, "A2": 1}


def changed(agenda: Agenda, *requests: Request, **changes: Any) -> Agenda:
    asked = {"requests": tuple(requests), "upcoming": agenda.upcoming()}
    problem = week(**changes).model_copy(update={"week_start": agenda.week_start, **asked})
    return agenda.taking(problem)


def test_a_callers_changes_are_taken() -> None:
    """Arrivals would be lost with the next week, or a withdrawn request would come again."""
    agenda = after(week(), met())
    first, second, _ = agenda.requests()
    urgent = second.model_copy(update={"priority": 5})
    new = Request(id="R9", client="K3", session_type="talk")
    found = changed(agenda, first, urgent, new)
    assert [(r.id, r.priority) for r in found.requests()] == [("R1", 4), ("R2", 5), ("R9", 3)]
    assert found.ages() == {"R1": 1, "R2": 0, "R9": 0}
    assert Counter(ask.request.id for ask in found.asks) == {"R1": 1, "R2": 1, "R9": 1}


def test_another_weeks_problem_is_refused() -> None:
    """Requests would be asked for in the wrong week."""
    with pytest.raises(ValueError, match="the week begins on 2026-10-12"):
        after(week(), met()).taking(week())


def test_what_comes_later_is_withdrawn_with_its_client_or_by_a_request_of_its_name() -> None:
    """A client who has left would be asked for, or a request twice."""
    agenda = after(asking(every=3), met("R1"))
    assert len(changed(agenda).asks) == 1
    assert changed(agenda, clients=[{"id": "K2"}]).asks == ()
    again = Request(id="R1", client="K1", session_type="talk", count=2)
    assert [ask.sessions for ask in changed(agenda, again).asks] == [2]


def turns(weeks: list[bool], **changes: Any) -> list[str]:
    """Give by week what is asked for of a standing appointment: its slot, any time, or nothing.

    `weeks` says of each week whether what is asked for in it takes place.
    """
    problem = asking(standing={"day": "wed", "start": "10:00"}, **changes)
    agenda, found = Agenda.of(problem), []
    for takes_place in weeks:
        asked = agenda.requests()
        found.append("nothing" if not asked else "slot" if asked[0].standing else "any time")
        schedule = met("R1") if asked and takes_place else met()
        agenda = agenda.after(problem.model_copy(update={"requests": asked}), schedule)
    return found


def test_a_standing_appointment_keeps_its_turns() -> None:
    """After one week of leave it would stay in the other weeks, which may be somebody else's."""
    kept = ["slot", "nothing", "slot", "nothing", "slot"]
    assert turns([True] * 5, every=2) == kept
    # The third week is leave; it is made up for in the fourth, and the fifth is its turn as ever.
    assert turns([True, True, False, True, True], every=2) == ["slot", "nothing", "slot", "slot", "slot"]


def test_a_missed_turn_is_not_asked_for_beside_the_next_one() -> None:
    """Two sessions would be asked for in one slot, and the missed one would come every week."""
    assert turns([False, False, True, True, True], every=2) == ["slot"] * 3 + ["nothing", "slot"]
    assert turns([False, False, True], every=1) == ["slot"] * 3


def test_a_missed_turn_leaves_the_slot_to_whose_turn_it_is() -> None:
    """Of two clients who share a slot, one would push the other out of it after a week of leave."""
    slot = {"day": "wed", "start": "10:00"}
    both = [
        {"id": f"R{n}", "client": f"K{n}", "session_type": "talk", "every": 2, "standing": slot}
        for n in (1, 2)
    ]
    # R1 is met in the first week; R2 begins in the second, its turn from then on.
    problem = week(requests=both[:1], upcoming=[both[1] | {"earliest": "2026-10-12"}])
    agenda = Agenda.of(problem).after(problem, met("R1"))
    agenda = agenda.after(as_asked(problem, agenda), met("R2"))
    assert [request.id for request in agenda.requests()] == ["R1"]
    agenda = agenda.after(as_asked(problem, agenda), met())
    asked = {request.id: request.standing for request in agenda.requests()}
    assert asked["R1"] is None
    assert asked["R2"] is not None
    fourth = as_asked(problem, agenda)
    (fifth,) = agenda.after(fourth, met("R1", "R2")).requests()
    assert fifth.id == "R1"
    assert fifth.standing is not None


def test_the_first_turn_is_in_a_later_week() -> None:
    """Two clients who share a slot in turn could not be asked for before the second one's first turn."""
    slot = {"day": "wed", "start": "10:00"}
    first, second = (
        {"id": f"R{n}", "client": f"K{n}", "session_type": "talk", "every": 2, "standing": slot}
        for n in (1, 2)
    )
    problem = week(requests=[first], upcoming=[second | {"earliest": "2026-10-12"}])
    agenda, found = Agenda.of(problem), []
    for _ in range(4):
        (asked,) = agenda.requests()
        found.append(asked.id)
        assert asked.standing is not None
        assert asked.earliest is None
        agenda = agenda.after(as_asked(problem, agenda), met(asked.id))
    assert found == ["R1", "R2", "R1", "R2"]


def test_an_upcoming_request_keeps_its_first_date() -> None:
    """Somebody who is back on a Thursday would be asked for on the Monday before."""
    problem = week(requests=[], upcoming=[asking(earliest="2026-10-22").requests[0]])
    assert after(problem, met()).requests() == ()
    (asked,) = after(problem, met(), met()).requests()
    assert str(asked.earliest) == "2026-10-22"
    assert after(problem, met(), met()).upcoming() == ()


@given(every=st.lists(st.integers(1, 4), min_size=1, max_size=3), seen=st.lists(st.booleans(), max_size=6))
def test_what_comes_later_is_in_the_problem_of_each_week(every: list[int], seen: list[bool]) -> None:
    """A problem that was written to a file would lose what comes again in three weeks."""
    problem = week(
        requests=[
            {"id": f"R{n}", "client": "K1", "session_type": "talk", "every": weeks, "count": n}
            for n, weeks in enumerate(every, 1)
        ]
    )
    whole = Agenda.of(problem)
    for each in seen:
        codes = [request.id for request in whole.requests() for _ in range(request.count if each else 1)]
        now = as_asked(problem, whole)
        whole, read = whole.after(now, met(*codes)), Agenda.of(now).after(now, met(*codes))
        # Priorities rise from the one that is in the file.
        for found, right in ((read.requests(), whole.requests()), (read.upcoming(), whole.upcoming())):
            assert sorted((r.id, r.count, str(r.earliest)) for r in found) == sorted(
                (r.id, r.count, str(r.earliest)) for r in right
            )


def test_an_upcoming_request_that_is_taken_out_does_not_come() -> None:
    """Whoever was discharged would be asked for weeks later."""
    later = asking(earliest="2026-10-12").requests[0]
    agenda = Agenda.of(week(requests=[], upcoming=[later]))
    assert agenda.taking(week(requests=[], upcoming=[])).upcoming() == ()
    other = later.model_copy(update={"priority": 1})
    assert agenda.taking(week(requests=[], upcoming=[other])).upcoming() == (other,)
    assert agenda.taking(week(requests=[], upcoming=[later])) == agenda
