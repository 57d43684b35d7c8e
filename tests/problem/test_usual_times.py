"""Usual times that contradict each other are told with both places, and others are not."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule.problem import Problem, warnings

HOURS = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")]


def asked(number: int, client: str, start: str, **more: Any) -> dict[str, Any]:
    standing = {"day": "mon", "start": start}
    return {"id": f"R{number}", "client": client, "session_type": "talk", "standing": standing, **more}


def told(requests: list[dict[str, Any]], **more: Any) -> list[tuple[str, str, str]]:
    """Return code, place and expectation of what is told of usual times."""
    given: dict[str, Any] = {
        "name": "team",
        "week_start": "2026-10-05",
        "clinicians": [{"id": code, "working": HOURS, "is_supervisor": True} for code in ("A", "B", "C")],
        "clients": [{"id": f"P{n}", "clinician": code} for n, code in enumerate("AABC", 1)],
        "session_types": [
            {"id": "talk", "minutes": 60, "room_kind": "consulting"},
            {"id": "circle", "minutes": 60, "kind": "group", "largest": 4, "room_kind": "consulting"},
        ],
        "requests": requests,
        "rooms": [{"id": "room-1"}, {"id": "room-2"}],
    }
    found = warnings.find(Problem.from_dict({**given, **more}))
    return [(each.code, each.place, each.expected) for each in found if each.code.startswith("usual_times")]


def test_a_clinician_twice() -> None:
    """Two clients would be promised one hour of the same clinician."""
    found = told([asked(1, "P1", "09:00"), asked(2, "P2", "09:45", every=2)])
    assert [(code, place) for code, place, _ in found] == [("usual_times_overlap", "requests[1].standing")]
    assert "clinician A" in found[0][2]
    assert "requests[0].standing" in found[0][2]


def test_a_client_twice() -> None:
    """A client would be asked to be with two clinicians at once."""
    found = told([asked(1, "P1", "09:00"), asked(2, "P1", "09:30", clinician="B")])
    assert [code for code, *_ in found] == ["usual_times_overlap"]
    assert "client P1" in found[0][2]


def test_a_meeting_at_the_usual_time() -> None:
    """A client's usual hour in the team's meeting would be asked for week after week."""
    meeting = {"id": "team", "start": "2026-10-05T09:30", "minutes": 60, "clinicians": ["A", "B"]}
    found = told([asked(1, "P1", "09:00")], meetings=[meeting])
    assert [(code, place) for code, place, _ in found] == [("usual_times_overlap", "meetings[0]")]
    assert "requests[0].standing" in found[0][2]


def test_a_group_at_the_usual_time() -> None:
    """Whoever leads a group at its only time would be promised to somebody else."""
    group = {
        "id": "G", "session_type": "circle", "members": ["P3"], "facilitators": ["A"],
        "slots": [{"day": "mon", "start": "09:00"}],
    }  # fmt: skip
    seat = {"id": "V", "client": "P3", "session_type": "circle", "group": "G"}
    found = told([asked(1, "P1", "09:00"), seat], groups=[group])
    assert [code for code, *_ in found] == ["usual_times_overlap"]
    assert "groups[0].slots[0]" in found[0][1] + found[0][2]


def test_three_sessions_for_two_rooms() -> None:
    """A room would be used twice, and nobody told which sessions want it."""
    found = told([asked(1, "P1", "09:00"), asked(2, "P3", "09:15"), asked(3, "P4", "09:30")])
    assert [(code, place) for code, place, _ in found] == [
        ("usual_times_share_a_room", "requests[2].standing")
    ]
    assert all(part in found[0][2] for part in ("2 rooms", "requests[0].standing", "requests[1].standing"))


@pytest.mark.parametrize(
    "others",
    [
        [asked(2, "P3", "09:00"), asked(3, "P4", "10:00")],
        [asked(2, "P3", "09:00"), asked(3, "P4", "09:00", mode="either")],
        [asked(2, "P3", "09:00"), asked(3, "P4", "09:00", mode="telehealth")],
        [asked(2, "P2", "10:00")],
    ],
)
def test_what_goes_together_is_not_told(others: list[dict[str, Any]]) -> None:
    """People would be made to look for contradictions that are none."""
    assert told([asked(1, "P1", "09:00"), *others]) == []


def test_rooms_of_whoever_is_at_one_of_two_sites() -> None:
    """Rooms at the other site would be counted for who is surely at this one, or sites mixed up."""
    sites = [{"id": "north"}, {"id": "south"}]
    rooms = [{"id": "n1", "site": "north"}, {"id": "s1", "site": "south"}]
    here = [{**period, "site": "north"} for period in HOURS]
    team: list[dict[str, Any]] = [
        {"id": "A", "working": here, "is_supervisor": True},
        {"id": "B", "working": HOURS, "is_supervisor": True, "sites": ["north", "south"]},
        {"id": "C", "working": HOURS, "is_supervisor": True, "sites": ["north", "south"]},
    ]
    asking = [asked(1, "P1", "09:00"), asked(2, "P3", "09:00"), asked(3, "P4", "09:00")]
    found = told(asking, clinicians=team, sites=sites, rooms=rooms)
    assert [code for code, *_ in found] == ["usual_times_share_a_room"]
    assert "2 rooms (n1, s1)" in found[0][2]
    assert not told(asking[:2], clinicians=team, sites=sites, rooms=rooms)
    team[1]["working"] = here
    (_, place, expected), *more = told(asking[:2], clinicians=team, sites=sites, rooms=rooms)
    assert more == []
    assert place == "requests[1].standing"
    assert "1 room at north (n1)" in expected


def test_who_is_at_two_places_needs_one_room() -> None:
    """Every second week would be told as a lack of rooms where only a person is booked twice."""
    found = told([asked(1, "P1", "09:00"), asked(2, "P2", "09:00", every=2), asked(3, "P3", "09:00")])
    assert [code for code, *_ in found] == ["usual_times_overlap"]


def meeting(code: str, start: str, minutes: int, room: str, *people: str) -> dict[str, Any]:
    when = f"2026-10-05T{start}"
    return {"id": code, "start": when, "minutes": minutes, "room": room, "clinicians": list(people) or ["C"]}


def test_a_meeting_in_the_last_room() -> None:
    """A session would be promised in the room in which the team meets."""
    taken = [meeting("team", "09:30", 60, "room-2", "C")]
    found = told([asked(1, "P1", "09:00"), asked(2, "P3", "09:00")], meetings=taken)
    assert [(code, place) for code, place, _ in found] == [
        ("usual_times_share_a_room", "requests[1].standing")
    ]
    assert "requests[0].standing" in found[0][2]
    assert "the meeting team (meetings[0]), which is in room-2" in found[0][2]
    assert not told([asked(1, "P1", "09:00")], meetings=taken)


def test_a_meeting_in_the_only_room() -> None:
    """A group whose one room is taken by a meeting would be told of nowhere."""
    taken = [meeting("team", "09:00", 60, "room-1", "C")]
    found = told([asked(1, "P1", "09:00")], meetings=taken, rooms=[{"id": "room-1"}])
    assert [code for code, *_ in found] == ["usual_times_share_a_room"]
    assert "1 room (room-1) for this and the meeting team (meetings[0]), which is in room-1" in found[0][2]


def test_two_meetings_in_one_room() -> None:
    """Two teams would stand before one door."""
    both = [meeting("one", "09:00", 60, "room-1", "A"), meeting("two", "09:30", 60, "room-1", "B")]
    found = told([], meetings=both)
    assert [(code, place) for code, place, _ in found] == [("usual_times_share_a_room", "meetings[1].room")]
    assert "in which the meeting one (meetings[0]) is" in found[0][2]
    assert not told([], meetings=[both[0], {**both[1], "room": "room-2"}])
    away = {"start": "2026-10-05T08:00", "end": "2026-10-05T12:30"}
    (lost,) = told([], meetings=both[:1], rooms=[{"id": "room-1", "unavailable": [away]}])
    assert "unavailable" in lost[2]


def test_a_room_that_is_away_is_none() -> None:
    """The midwives' morning in room 2 would be forgotten."""
    away = {"start": "2026-10-05T08:00", "end": "2026-10-05T12:30"}
    rooms = [{"id": "room-1"}, {"id": "room-2", "unavailable": [away]}]
    found = told([asked(1, "P1", "09:00"), asked(2, "P3", "09:00")], rooms=rooms)
    assert [code for code, *_ in found] == ["usual_times_share_a_room"]
    assert not told([asked(1, "P1", "13:00"), asked(2, "P3", "13:00")], rooms=rooms)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"start": "16:30"}, "at work in person for 60 minutes"),
        ({"start": "09:00", "site": "south"}, "at work at south for 60 minutes"),
        ({"start": "13:00"}, "at work in person for 60 minutes"),
        ({"start": "08:00", "mode": "telehealth"}, "at work for 60 minutes"),
    ],
)
def test_a_time_at_which_the_clinician_is_not_there(more: dict[str, Any], words: str) -> None:
    """A client would be promised an hour of somebody who is at home, or at the other site."""
    (code, place, expected), *others = told([asked(1, "P1", **more)], **two_places())
    assert (code, place, others) == ("usual_times_elsewhere", "requests[0].standing", [])
    assert expected == f"a time at which clinician A is {words}"


@pytest.mark.parametrize(
    "more",
    [
        {"start": "09:00"},
        {"start": "11:00", "site": "north"},
        {"start": "16:00", "site": "south"},
        {"start": "13:00", "mode": "telehealth"},
        {"start": "13:00", "mode": "either", "site": "north"},
        {"start": "08:00", "clinician": "B"},
    ],
)
def test_a_time_at_which_the_clinician_is_there_is_not_told(more: dict[str, Any]) -> None:
    """People would be made to look for a clinician who stands before them."""
    assert told([asked(1, "P1", **more)], **two_places()) == []


def test_leave_and_closures_contradict_no_usual_time() -> None:
    """Every holiday would be told as something that is wrong in the papers."""
    away = {"start": "2026-10-05T00:00", "end": "2026-10-06T00:00"}
    given = two_places()
    given["clinicians"][0]["leave"] = [away]
    assert told([asked(1, "P1", "09:00")], **given) == []
    assert told([asked(1, "P1", "09:00")], closures=[{"date": "2026-10-05"}], **two_places()) == []


def two_places() -> dict[str, Any]:
    """Return a clinician who is at one site in the morning, at home over midday, and at another site then."""
    day = {"day": "mon", "site": "north"}
    hours = [
        {**day, "start": "09:00", "end": "12:00"},
        {"day": "mon", "start": "12:00", "end": "14:00", "telehealth_only": True},
        {**day, "start": "14:00", "end": "17:00", "site": "south"},
    ]
    early = [{**day, "start": "07:00", "end": "17:00"}]
    return {
        "sites": [{"id": "north"}, {"id": "south"}],
        "rooms": [{"id": "n1", "site": "north"}, {"id": "s1", "site": "south"}],
        "clinicians": [
            {"id": "A", "working": hours, "is_supervisor": True},
            {"id": "B", "working": early, "is_supervisor": True},
            {"id": "C", "working": early, "is_supervisor": True},
        ],
    }
