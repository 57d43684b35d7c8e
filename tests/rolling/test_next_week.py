"""The week after: what becomes history, who joins whom, what moves and what goes."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule.caseload import with_requests_from_bands
from safeschedule.problem import Client, Problem, faults
from safeschedule.rolling import Agenda, next_week
from safeschedule.schedule import Schedule
from tests.caseload.team import bands
from tests.rolling.weeks import met, planned, session, week

TUESDAY = "2026-10-06T10:00"


def people(problem: Problem) -> dict[str, Client]:
    return {client.id: client for client in problem.clients}


def test_the_week_is_the_next_one_and_sound() -> None:
    """Days would be planned twice, or the next solve would be refused."""
    found = next_week(week(), met("R1", "R3"))
    assert str(found.week_start) == "2026-10-12"
    assert faults.find(found) == ()
    assert Problem.model_validate_json(found.model_dump_json()) == found


def test_each_clients_and_clinicians_part_in_a_session_is_history() -> None:
    """Rules that cross the week's edge would not see a group's other leader or members."""
    group = session(TUESDAY, "K1", session_type="circle", group="G1")
    group |= {"clients": ["K1", "K3"], "clinicians": ["C1", "C2"]}
    hard = session("2026-10-05T09:00", "K1", session_type="hard")
    found = next_week(week(), planned(group, hard)).history.appointments
    assert [(p.client, p.clinician, str(p.kind), str(p.intensity)) for p in found] == [
        ("K1", "C1", "therapy", "high"),
        ("K1", "C1", "group", "moderate"),
        ("K1", "C2", "group", "moderate"),
        ("K3", "C1", "group", "moderate"),
        ("K3", "C2", "group", "moderate"),
    ]
    assert {(p.start.isoformat(timespec="minutes"), p.minutes) for p in found[1:]} == {(TUESDAY, 60)}


def test_older_history_stays_for_a_week() -> None:
    """The history would grow without end, or rules would miss last week's sessions."""
    past = [
        {"client": "K1", "clinician": "C1", "start": f"2026-09-{day}T10:00", "minutes": 60}
        for day in (27, 28, 30)
    ]
    found = next_week(week(history={"appointments": past}), met("R1")).history.appointments
    assert [p.start.date().isoformat() for p in found] == ["2026-09-28", "2026-09-30", "2026-10-05"]


def test_last_contacts_follow_the_sessions() -> None:
    """Somebody who was seen would be due, or a later contact would be forgotten."""
    twice = planned(session("2026-10-09T09:00", "K2"), session(TUESDAY, "K2"))
    found = people(next_week(week(), twice))
    assert (str(found["K2"].last_contact), str(found["K3"].last_contact)) == ("2026-10-09", "2026-09-30")


def test_new_clients_join_whom_they_saw_first() -> None:
    """Somebody new would stay new for ever, and wait on paper."""
    own = [session(TUESDAY, "N1", "C2"), session("2026-10-09T09:00", "N1", "C1")]
    found = people(next_week(week(), planned(*own)))["N1"]
    assert (found.clinician, found.waiting_since, str(found.next_review)) == ("C2", None, "2027-01-04")
    known = week(clients=[{"id": "N1", "next_review": "2026-11-01"}], requests=[])
    assert str(people(next_week(known, planned(own[0])))["N1"].next_review) == "2026-11-01"


def test_a_group_alone_makes_nobody_ones_client() -> None:
    """A visitor of a group would fill a caseload."""
    found = people(next_week(week(), planned(session(TUESDAY, "N1", group="G1"))))["N1"]
    assert found.clinician is None
    assert found.waiting_since is not None


def test_a_review_sets_the_next_one() -> None:
    """A client would be reviewed every week, or never again."""
    held = planned(session(TUESDAY, "K1", session_type="review"), session(TUESDAY, "K3", "C2"))
    found = people(next_week(week(), held))
    assert str(found["K1"].next_review) == "2026-11-05"
    assert found["K3"].next_review is None


def test_requests_follow_the_agenda() -> None:
    """What was left out would be lost, or what was met asked for again."""
    found = next_week(week(), met("R1", "R3"))
    assert [(r.id, r.priority) for r in found.requests] == [("R1", 3), ("R2", 4)]
    agenda = Agenda.of(week()).after(week(), met("R1", "R3")).after(week(), met("R1"))
    assert next_week(week(), met("R1"), agenda).requests == agenda.requests()


def test_requests_from_bands_are_not_carried() -> None:
    """A contact would be asked for by last week's request and by this week's."""
    problem = week(bands=bands(), clients=[{"id": "K9", "clinician": "C1", "last_contact": "2026-09-01"}])
    problem = problem.model_copy(update={"requests": ()})
    full = with_requests_from_bands(problem)
    assert len(full.requests) == 1
    assert next_week(full, planned()) == next_week(problem, planned())
    assert next_week(full, planned()).requests == ()


def test_weekly_meetings_move_and_others_go() -> None:
    """A team would lose its meeting, or the next week would have a fault."""
    meetings = [
        {"id": "team", "start": "2026-10-07T10:00", "weekly": True},
        {"id": "once", "start": "2026-10-07T11:00"},
        {"id": "night", "start": "2026-10-11T23:30"},
    ]
    given = [meeting | {"minutes": 60, "clinicians": ["C1"]} for meeting in meetings]
    found = next_week(week(meetings=given), planned())
    assert [(m.id, m.start.isoformat(timespec="minutes"), m.weekly) for m in found.meetings] == [
        ("team", "2026-10-14T10:00", True),
        ("night", "2026-10-11T23:30", False),
    ]
    assert faults.find(found) == ()


def test_pins_go_and_groups_stay() -> None:
    """What was decided for last week would be asked of the next."""
    circle = {"id": "G1", "session_type": "circle", "open": True}
    problem = week(
        groups=[circle],
        pinned_appointments=[{"request": "R2", "clinician": "C1", "start": "2026-10-07T09:00"}],
        pinned_groups=[{"group": "G1", "clinicians": ["C2"], "start": "2026-10-07T09:00"}],
        pinned_blocks=[{"kind": "other", "clinicians": ["C2"], "start": "2026-10-07T11:00", "minutes": 30}],
    )
    found = next_week(problem, planned())
    assert (found.pinned_appointments, found.pinned_groups, found.pinned_blocks) == ((), (), ())
    assert found.groups == problem.groups


@pytest.mark.parametrize(("end", "kept"), [("2026-09-21", True), ("2026-09-20", False), ("2026-12-01", True)])
def test_leave_stays_for_three_weeks(end: str, kept: bool) -> None:
    """A rule about the return from leave would miss it, or the file would grow without end."""
    away = [{"start": "2026-09-01T00:00", "end": f"{end}T00:00"}]
    person: dict[str, Any] = {"id": "C1", "working": [], "leave": away}
    problem = week(clinicians=[person], clients=[], requests=[])
    assert bool(next_week(problem, planned()).clinicians[0].leave) is kept


def incident(**changes: Any) -> dict[str, Any]:
    return {"id": "I1", "happened": "2026-10-05T15:00", "clinicians": ["C2"]} | changes


def talked(start: str, minutes: int = 45, who: str = "C2", by: str | None = "C1") -> dict[str, Any]:
    return {"kind": "debrief", "clinicians": [who], "start": start, "minutes": minutes, "supervisor": by}


def held(*blocks: dict[str, Any]) -> Schedule:
    return planned(blocks=list(blocks))


@pytest.mark.parametrize(
    ("blocks", "debriefed", "followed_up"),
    [
        ([talked("2026-10-07T09:00")], True, False),
        ([talked("2026-10-09T09:00")], True, False),  # the second working date after it
        ([talked("2026-10-05T11:00")], False, False),  # before the incident
        ([talked("2026-10-07T09:00", 30)], False, False),
        ([talked("2026-10-07T09:00", by=None)], False, False),
        ([talked("2026-10-07T09:00", by="C2", who="C1")], False, False),
        ([talked("2026-10-07T09:00"), talked("2026-10-10T09:00", 30)], True, True),
        ([talked("2026-10-09T09:00", 30)], False, False),  # five days after it at the earliest
    ],
)
def test_debriefs_that_were_held_are_marked(
    blocks: list[dict[str, Any]], debriefed: bool, followed_up: bool
) -> None:
    """Somebody would be debriefed twice, or not at all."""
    found = next_week(week(incidents=[incident()]), held(*blocks)).incidents
    marks = [("C2" in entry.debriefed, "C2" in entry.followed_up) for entry in found]
    assert marks == ([] if debriefed and followed_up else [(debriefed, followed_up)])


def test_leave_moves_the_time_of_a_debrief() -> None:
    """A debrief on the first days back would not count."""
    away = [{"start": "2026-10-06T00:00", "end": "2026-10-10T00:00"}]
    team = [person.model_dump() for person in week().clinicians]
    problem = week(clinicians=[team[0], team[1] | {"leave": away}], incidents=[incident()])
    sunday = held(talked("2026-10-11T09:00"))
    # Without leave it comes too late for a debrief, and is the follow-up alone.
    (without,) = next_week(week(incidents=[incident()]), sunday).incidents
    assert (without.debriefed, without.followed_up) == ((), ("C2",))
    assert next_week(problem, sunday).incidents == ()


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({}, True),
        ({"debriefed": ["C2"], "followed_up": ["C2"]}, False),
        ({"debriefed": ["C2"]}, True),
        ({"clinicians": ["C1", "C2"], "debriefed": ["C2"], "followed_up": ["C2"]}, True),
        ({"happened": "2026-08-13T09:00"}, True),
        ({"happened": "2026-08-12T09:00"}, False),
    ],
)
def test_incidents_stay_until_they_are_done_with_or_old(change: dict[str, Any], kept: bool) -> None:
    """A follow-up would be forgotten, or the file would grow without end."""
    assert bool(next_week(week(incidents=[incident(**change)]), planned()).incidents) is kept


def test_a_joint_request_of_a_later_week_is_one_when_it_comes() -> None:
    """The second of a couple would not be planned with the first."""
    couple = {"id": "R9", "client": "K1", "session_type": "circle", "with_clients": ["K3"]}
    coming = week(requests=[], upcoming=[couple | {"earliest": "2026-10-14"}])
    assert faults.find(coming) == ()
    found = next_week(coming, planned())
    assert {request.client for request in found.requests} == {"K1", "K3"}
    assert faults.find(found) == ()
    assert found.upcoming == ()
