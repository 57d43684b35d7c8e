"""Small weeks, each impossible for one reason that concerns several people, for each rule that names several.

A team of three: S1 supervises C1 and C2; all work from Monday to Friday, 09:00-17:00, where nothing else is
said.
Rules that a week is not about are off, so that nothing else can be the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tests.explaining.joint_weeks import away, hours, meeting, pin, week
from tests.explaining.planted import Planted


def cover() -> Planted:
    """C1 and C2 cover each other, and are both away; nobody else may cover."""
    people = {
        "S1": {"role": "psychiatrist", "is_supervisor": False},
        "C1": {"supervisor": None, "cover": "C2", "leave": [away(7)]},
        "C2": {"supervisor": None, "cover": "C1", "leave": [away(7)]},
    }
    return Planted(week("cover", people), ((("rule", "cover"), ("leave", "C1", 0), ("leave", "C2", 0)),))


def cover_booked() -> Planted:
    """C2 covers C1, who is away, and is in a meeting all day."""
    people = {
        "S1": {"role": "psychiatrist", "is_supervisor": False},
        "C1": {"supervisor": None, "cover": "C2", "leave": [away(7)]},
        "C2": {"supervisor": None},
    }
    problem = week("cover", people, meetings=[meeting("board", "C2", 7, "09:00", 480)])
    return Planted(
        problem, ((("rule", "cover", "C2"), ("leave", "C1", 0), ("meeting", 0, "C2"), ("hours", "C2")),)
    )


def consultation() -> Planted:
    """C1 is there on Monday morning alone, in the middle of which a session is pinned with S1."""
    people = {"C1": {"working": hours("mon", end="11:00")}}
    problem = week("consultation", people, pinned_appointments=[pin("R2", "S1", "05T09:30")])
    pinned = ("pin", "pinned_appointments", 0)
    return Planted(problem, ((("rule", "consultation", "C1"), ("hours", "C1"), pinned),))


def consultation_too_large() -> Planted:
    """A consultation block of two is pinned where one is the most."""
    block = {"kind": "consultation", "clinicians": ["C1", "C2"], "supervisor": "S1", "minutes": 60}
    problem = week(
        "consultation",
        setting={"parameters": {"most": 1}},
        pinned_blocks=[block | {"start": "2026-10-05T09:00"}],
    )
    return Planted(problem, ((("rule", "consultation"), ("pin", "pinned_blocks", 0)),))


def supervision() -> Planted:
    """C1, new in post, has a session pinned in the middle of the two hours in which S1 is there as well."""
    people = {
        "S1": {"leave": [away(6, 11)]},
        "C1": {"new_in_post": True, "leave": [away(5, start="11:00")]},
    }
    problem = week("supervision", people, pinned_appointments=[pin("R1", "C1", "05T09:30")])
    leaves = [("leave", "S1", 0), ("leave", "C1", 0)]
    return Planted(problem, ((("rule", "supervision", "C1"), *leaves, ("pin", "pinned_appointments", 0)),))


def case_review() -> Planted:
    """C1, of a high-acuity team of two, is there for two hours, amid which a session is pinned with S1."""
    people = {
        "C1": {"teams": ["north"], "working": hours("mon", end="11:00")},
        "C2": {"teams": ["north"]},
    }
    clients = [{"id": f"P{n}", "clinician": f"C{n}", "band": "high"} for n in (1, 2)]
    pins = [pin("R2", "S1", "05T09:30")]
    problem = week(
        "case_review", people, {"parameters": {"quorum": "1"}}, clients=clients, pinned_appointments=pins
    )
    return Planted(problem, ((("rule", "case_review"), ("hours", "C1"), ("pin", "pinned_appointments", 0)),))


def debrief() -> Planted:
    """After an incident C1 works with the only supervisor for one hour, in which that one has a session."""
    mornings = hours("mon", "wed", "thu", "fri", end="11:00") + hours("tue", end="12:00")
    people = {"S1": {"working": mornings}, "C1": {"working": hours(start="11:00")}}
    incident = {"id": "I1", "happened": "2026-10-05T13:30", "clinicians": ["C1"], "followed_up": ["C1"]}
    problem = week("debrief", people, incidents=[incident], pinned_appointments=[pin("R2", "S1", "06T11:00")])
    wanted = [("incident", "I1"), ("hours", "S1"), ("hours", "C1"), ("pin", "pinned_appointments", 0)]
    return Planted(problem, ((("rule", "debrief", "C1"), *wanted),))


def coordination() -> Planted:
    """Three clients with coordination needs are pinned with C1, who has meetings for the rest of the day."""
    clients = [{"id": f"P{n}", "clinician": "C1", "flags": ["coordination"]} for n in (1, 2, 3)]
    problem = week(
        "coordination",
        clients=clients,
        requests=[{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in (1, 2, 3)],
        pinned_appointments=[
            pin(f"R{n}", "C1", f"06T{hour}:00") for n, hour in ((1, "09"), (2, 10), (3, 11))
        ],
        meetings=[meeting("board", "C1", 6, "12:00", 300)],
    )
    pins = [("pin", "pinned_appointments", n) for n in range(3)]
    return Planted(problem, ((("rule", "coordination", "C1"), *pins, ("meeting", 0, "C1"), ("hours", "C1")),))


def _group(**more: Any) -> dict[str, Any]:
    """Return a group of two clients, who ask for it, and its session type."""
    kind = {"id": "skills", "minutes": 60, "kind": "group", "smallest": 2, "largest": 4, "facilitators": 2}
    return {
        "session_types": [kind],
        "groups": [{"id": "G1", "session_type": "skills", "members": ["P1", "P2"], **more}],
        "requests": [
            {"id": f"R{n}", "client": f"P{n}", "session_type": "skills", "group": "G1"} for n in (1, 2)
        ],
    }


def _held(*clinicians: str, when: str) -> list[dict[str, Any]]:
    return [
        {"group": "G1", "clinicians": list(clinicians), "start": f"2026-10-{when}", "clients": ["P1", "P2"]}
    ]


def group_size() -> Planted:
    """A group that needs two clinicians is pinned with one."""
    problem = week("group_size", **_group(), pinned_groups=_held("C1", when="06T10:00"))
    return Planted(problem, ((("rule", "group_size"), ("pin", "pinned_groups", 0)),))


def group_slots() -> Planted:
    """A group is pinned to a time that is none of its slots."""
    group = _group(slots=[{"day": "mon", "start": "10:00"}])
    problem = week("group_size", **group, pinned_groups=_held("C1", "C2", when="06T10:00"))
    return Planted(problem, ((("group", "G1", "slots"), ("pin", "pinned_groups", 0)),))


def group_facilitators() -> Planted:
    """A group is pinned with somebody who does not lead it."""
    group = _group(facilitators=["C1", "S1"])
    problem = week("group_size", **group, pinned_groups=_held("C1", "C2", when="06T10:00"))
    return Planted(problem, ((("group", "G1", "facilitators"), ("pin", "pinned_groups", 0)),))


def group_support() -> Planted:
    """A group of C1 and C2 is pinned, and C2 is in a meeting right after it."""
    problem = week(
        "group_support",
        **_group(),
        pinned_groups=_held("C1", "C2", when="06T10:00"),
        meetings=[meeting("board", "C2", 6, "11:00", 120)],
    )
    wanted = (("rule", "group_support", "C2"), ("pin", "pinned_groups", 0), ("meeting", 0, "C2"))
    return Planted(problem, (wanted,))


def room_capacity() -> Planted:
    """Two sessions are pinned at once, and there is one room."""
    problem = week(
        "room_capacity",
        session_types=[{"id": "talk", "minutes": 60, "room_kind": "consulting"}],
        rooms=[{"id": "room-1", "kind": "consulting"}],
        pinned_appointments=[pin("R1", "C1", "06T10:00"), pin("R2", "C2", "06T10:30")],
    )
    pins = [("pin", "pinned_appointments", n) for n in (0, 1)]
    return Planted(problem, ((("rule", "room_capacity"), *pins),))


def urgent_rooms() -> Planted:
    """A session and an urgent slot are pinned at once, and there is one room."""
    slot = {"kind": "urgent_slot", "clinicians": ["C1"], "start": "2026-10-06T10:00", "minutes": 60}
    kinds = [{"id": "talk"}, {"id": "crisis", "kind": "crisis"}]
    problem = week(
        "urgent_rooms",
        session_types=[{"minutes": 60, "room_kind": "consulting", **kind} for kind in kinds],
        rooms=[{"id": "room-1", "kind": "consulting"}],
        pinned_appointments=[pin("R2", "C2", "06T10:30")],
        pinned_blocks=[slot],
    )
    pins = [("pin", name, 0) for name in ("pinned_appointments", "pinned_blocks")]
    shared = [("rule", name) for name in ("room_capacity", "urgent_rooms")]
    return Planted(problem, ((*shared, *pins),))


def urgent_slots() -> Planted:
    """Everybody is in meetings all Tuesday, when an urgent slot is needed."""
    meetings = [meeting(f"board-{who}", who, 6, "09:00", 480) for who in ("S1", "C1", "C2")]
    problem = week("urgent_slots", meetings=meetings)
    facts = [
        (kind, *key)
        for n, who in enumerate(("S1", "C1", "C2"))
        for kind, key in (("meeting", (n, who)), ("hours", (who,)))
    ]
    return Planted(problem, ((("rule", "urgent_slots"), *facts),))


def continuity() -> Planted:
    """A session of C1's client is pinned with C2."""
    problem = week("continuity", pinned_appointments=[pin("R1", "C2", "06T10:00")])
    return Planted(problem, ((("rule", "continuity"), ("pin", "pinned_appointments", 0)),))


def before_leave() -> Planted:
    """A client of C2 is pinned with C1 on the last day before a long leave."""
    people = {"C1": {"leave": [away(7, 20)]}}
    problem = week("before_leave", people, pinned_appointments=[pin("R2", "C1", "06T10:00")])
    return Planted(
        problem, ((("rule", "before_leave"), ("leave", "C1", 0), ("pin", "pinned_appointments", 0)),)
    )


def return_days() -> Planted:
    """Four sessions are pinned with C1 on the first day after a long leave."""
    people = {"C1": {"leave": [away(1, 7)], "daily_sessions": 4}}
    problem = week(
        "return_days",
        people,
        clients=[{"id": f"P{n}", "clinician": "C1"} for n in range(4)],
        requests=[{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(4)],
        pinned_appointments=[pin(f"R{n}", "C1", f"08T{9 + 2 * n:02d}:00") for n in range(4)],
    )
    pins = [("pin", "pinned_appointments", n) for n in range(3)]
    return (
        Planted(problem, ((("rule", "return_days", "C1"), ("leave", "C1", 0)),))
        if pins
        else Planted(problem, ())
    )


def caseload_cap() -> Planted:
    """A new client is pinned with C1, whose cap is reached."""
    people = {"C1": {"caseload_cap": 1}}
    clients = [{"id": "P1", "clinician": "C1", "band": "high"}, {"id": "P2"}]
    problem = week("caseload_cap", people, clients=clients, pinned_appointments=[pin("R2", "C1", "06T10:00")])
    return Planted(problem, ((("rule", "caseload_cap", "C1"), ("pin", "pinned_appointments", 0)),))


def high_acuity_cap() -> Planted:
    """A new client of high acuity is pinned with C1, who may have none more."""
    people = {"C1": {"high_acuity_cap": 1}}
    clients = [{"id": "P1", "clinician": "C1", "band": "high"}, {"id": "P2", "band": "high"}]
    problem = week(
        "high_acuity_cap", people, clients=clients, pinned_appointments=[pin("R2", "C1", "06T10:00")]
    )
    return Planted(problem, ((("rule", "high_acuity_cap", "C1"), ("pin", "pinned_appointments", 0)),))


def contact_expectations() -> Planted:
    """A client is due for contact since Monday and can come on Friday alone."""
    window = {"day": "fri", "start": "09:00", "end": "17:00"}
    clients = [
        {"id": "P1", "clinician": "C1", "band": "high", "last_contact": "2026-09-01", "windows": [window]}
    ]
    requests = [{"id": "R1", "client": "P1", "session_type": "talk"}]
    problem = week("contact_expectations", clients=clients, requests=requests)
    return Planted(
        problem, ((("rule", "contact_expectations"), ("contact", "P1"), ("times", "client", "P1")),)
    )


def fair_load() -> Planted:
    """A service makes fair_load hard: nobody may have more than the first step, and two hours are pinned."""
    problem = week(
        "fair_load",
        clients=[{"id": "P1"}, {"id": "P2"}],
        session_types=[{"id": "talk", "minutes": 120, "intensity": "high"}],
        pinned_appointments=[pin("R1", "C1", "06T10:00")],
    )
    return Planted(problem, ((("rule", "fair_load"), ("pin", "pinned_appointments", 0)),))


def qualification() -> Planted:
    """A session is pinned with C1, who has not the skill."""
    kinds = [{"id": "talk", "minutes": 60, "skills": ["emdr"]}]
    problem = week("qualification", session_types=kinds, pinned_appointments=[pin("R1", "C1", "06T10:00")])
    return Planted(problem, ((("rule", "qualification"), ("pin", "pinned_appointments", 0)),))


def client_spacing() -> Planted:
    """Two sessions of one client are pinned on one date, with two clinicians."""
    requests = [{"id": f"R{n}", "client": "P1", "session_type": "talk"} for n in (1, 2)]
    pins = [pin("R1", "C1", "06T10:00"), pin("R2", "C2", "06T15:00")]
    problem = week("client_spacing", requests=requests, pinned_appointments=pins)
    wanted = [("pin", "pinned_appointments", n) for n in (0, 1)]
    return Planted(problem, ((("rule", "client_spacing"), *wanted),))


def access() -> Planted:
    """Every session has to be held, and two clients can come at one time alone, when C1 is alone at work."""
    people = {"S1": {"working": []}, "C1": {"supervisor": None}, "C2": {"supervisor": None, "working": []}}
    window = {"day": "fri", "start": "09:00", "end": "10:00"}
    clients = [{"id": f"P{n}", "clinician": "C1", "windows": [window]} for n in (1, 2)]
    problem = week("access", people, clients=clients)
    wanted = [
        ("rule", "access"),
        *(("request", f"R{n}") for n in (1, 2)),
        *(("times", "client", f"P{n}") for n in (1, 2)),
    ]
    return Planted(problem, (tuple(wanted),))


def travel_time() -> Planted:
    """C1 is pinned at two sites, one right after the other."""
    working = [
        {"day": "tue", "start": "09:00", "end": "11:00", "site": "north"},
        {"day": "tue", "start": "11:00", "end": "13:00", "site": "south"},
    ]
    problem = week(
        "travel_time",
        {"C1": {"working": working}},
        sites=[{"id": "north"}, {"id": "south"}],
        travel=[{"origin": "north", "destination": "south", "minutes": 30}],
        clients=[{"id": f"P{n}", "clinician": "C1"} for n in (1, 2)],
        pinned_appointments=[pin("R1", "C1", "06T10:00"), pin("R2", "C1", "06T11:00")],
    )
    wanted = [("pin", "pinned_appointments", n) for n in (0, 1)]
    return Planted(problem, ((("rule", "travel_time", "C1"), *wanted, ("hours", "C1")),))


JOINT: Mapping[str, Callable[[], Planted]] = MappingProxyType(
    {
        plant.__name__: plant
        for plant in (
            access,
            before_leave,
            case_review,
            caseload_cap,
            client_spacing,
            consultation,
            consultation_too_large,
            contact_expectations,
            continuity,
            coordination,
            cover,
            cover_booked,
            debrief,
            fair_load,
            group_size,
            group_facilitators,
            group_slots,
            group_support,
            high_acuity_cap,
            qualification,
            return_days,
            room_capacity,
            supervision,
            travel_time,
            urgent_rooms,
            urgent_slots,
        )
    }
)
