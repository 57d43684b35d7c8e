"""Each check of `safeschedule.problem.faults`, by the smallest change that it has to notice."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule.errors import InputError
from safeschedule.problem import Problem, Rulebook, faults, require_sound

Week = dict[str, Any]


def pin(start: str = "2026-10-05T10:00", **change: Any) -> Week:
    return {"request": "r1", "clinician": "ann", "start": start} | change


def block(start: str = "2026-10-05T10:00", **change: Any) -> Week:
    return {"kind": "break", "clinicians": ["ann"], "start": start, "minutes": 30} | change


def rule(name: str, **change: Any) -> Week:
    return {"rulebook": {"rules": {name: change}}}


def parameter(name: str, key: str, value: Any) -> Week:
    return rule(name, parameters={key: value})


def told(week: Week) -> set[tuple[str, str]]:
    return {(fault.code, fault.place) for fault in faults.find(Problem.model_validate(week))}


def changed(week: Week, name: str, number: int, **change: Any) -> Week:
    entries = [dict(entry) for entry in week[name]]
    entries[number] |= change
    return week | {name: entries}


def attended(**change: Any) -> Week:
    """Return a week's attendant, and the pinned session that the attendant is to attend."""
    hours = [{"day": "mon", "start": "09:00", "end": "12:00"}]
    person = {"id": "int", "skills": ["interpreter:fa"], "working": hours} | change
    return {"attendants": [person], "pinned_appointments": [pin(attendants=["int"])]}


def coming(**change: Any) -> Week:
    """Return a request of a later week."""
    return {"upcoming": [{"id": "r7", "client": "k1", "session_type": "talk"} | change]}


def task(received: str, **change: Any) -> Week:
    """Return a message that is to be answered by Wednesday at noon."""
    due = {"minutes": 10, "respond_by": "2026-10-07T12:00"}
    return {"tasks": [{"id": "t1", "client": "p1", "received": received} | due | change]}


def watched(*indicators: Week) -> Week:
    """Return a rulebook that watches measures."""
    return {"rulebook": {"watched": list(indicators)}}


def _way(origin: str, destination: str) -> Week:
    return {"origin": origin, "destination": destination, "minutes": 5}


HOURS = "rulebook.rules"
WATCHED = "rulebook.watched"

ENTRY_CASES = [
    ("clinicians", 1, {"supervisor": "ann"}, "own_supervisor", "clinicians[1].supervisor"),
    ("clinicians", 1, {"cover": "ann"}, "own_cover", "clinicians[1].cover"),
    ("clinicians", 1, {"supervisor": "ben"}, "not_a_supervisor", "clinicians[1].supervisor"),
    ("clinicians", 0, {"is_supervisor": False}, "no_supervisor", "clinicians"),
    ("clinicians", 1, {"sites": ["south"]}, "unknown_reference", "clinicians[1].sites[0]"),
    ("clients", 0, {"band": "severe"}, "unknown_reference", "clients[0].band"),
    ("clients", 0, {"daily_least": 2, "daily_sessions": 1}, "least_above_most", "clients[0].daily_least"),
    ("rooms", 0, {"site": "south"}, "unknown_reference", "rooms[0].site"),
    ("meetings", 0, {"clinicians": ["lead", "zoe"]}, "unknown_reference", "meetings[0].clinicians[1]"),
    ("meetings", 0, {"start": "2026-10-06T09:10"}, "off_grid", "meetings[0].start"),
    ("meetings", 0, {"minutes": 50}, "off_grid", "meetings[0].minutes"),
    ("meetings", 0, {"start": "2026-11-06T09:00"}, "outside_week", "meetings[0].start"),
    ("session_types", 0, {"minutes": 50}, "off_grid", "session_types[0].minutes"),
    ("session_types", 0, {"minutes": 195}, "session_too_long", "session_types[0].minutes"),
    ("session_types", 0, {"smallest": 3}, "largest_below_smallest", "session_types[0].largest"),
    ("requests", 0, {"standing": {"day": "mon", "start": "09:10"}}, "off_grid", "requests[0].standing.start"),
    (
        "requests",
        1,
        {"standing": {"day": "mon", "start": "09:00"}},
        "standing_needs_one",
        "requests[1].count",
    ),
    ("requests", 0, {"earliest": "2026-10-12"}, "outside_week", "requests[0].earliest"),
    ("requests", 0, {"latest": "2026-10-04"}, "outside_week", "requests[0].latest"),
    (
        "requests",
        0,
        {"earliest": "2026-10-07", "latest": "2026-10-06"},
        "latest_before_earliest",
        "requests[0].latest",
    ),
    (
        "requests",
        0,
        {"windows": [{"day": "mon", "start": "10:00", "end": "10:00"}]},
        "end_not_after_start",
        "requests[0].windows[0].end",
    ),
    (
        "clinicians",
        2,
        {"leave": [{"start": "2026-10-06T00:00", "end": "2026-10-05T00:00"}]},
        "end_not_after_start",
        "clinicians[2].leave[0].end",
    ),
]

FIELD_CASES = [
    (
        {"groups": [{"id": "g", "session_type": "talk", "slots": [{"day": "mon", "start": "10:05"}]}]},
        "off_grid",
        "groups[0].slots[0].start",
    ),
    (
        {"sites": [{"id": s} for s in ("north", "east", "west")], "travel": [_way("north", "east")]},
        "travel_incomplete",
        "travel",
    ),
    ({"travel": [_way("north", "north"), _way("north", "north")]}, "travel_twice", "travel[1]"),
    ({"time_zone": "Europe/Londres"}, "unknown_time_zone", "time_zone"),
    ({"time_zone": "../../etc/passwd"}, "unknown_time_zone", "time_zone"),
    (
        {"bands": [{"id": b, "rank": 1, "points": 1} for b in ("low", "moderate")]},
        "duplicate_rank",
        "bands[1].rank",
    ),
    (
        {"travel": [{"origin": "north", "destination": "x", "minutes": 5}]},
        "unknown_reference",
        "travel[0].destination",
    ),
    (
        {"groups": [{"id": "g", "session_type": "talk", "members": ["x"]}]},
        "unknown_reference",
        "groups[0].members[0]",
    ),
    (
        {
            "history": {
                "appointments": [
                    {"client": "x", "clinician": "ann", "start": "2026-10-01T09:00", "minutes": 60}
                ]
            }
        },
        "unknown_reference",
        "history.appointments[0].client",
    ),
    ({"pinned_appointments": [pin(request="r9")]}, "unknown_reference", "pinned_appointments[0].request"),
    ({"pinned_appointments": [pin(room="r9")]}, "unknown_reference", "pinned_appointments[0].room"),
    ({"pinned_appointments": [pin("2026-10-05T10:10")]}, "off_grid", "pinned_appointments[0].start"),
    ({"pinned_appointments": [pin("2026-10-12T10:00")]}, "outside_week", "pinned_appointments[0].start"),
    ({"pinned_appointments": [pin("2026-10-05T11:15")]}, "pin_outside_hours", "pinned_appointments[0].start"),
    ({"pinned_appointments": [pin(mode="telehealth")]}, "mode_not_allowed", "pinned_appointments[0].mode"),
    (
        {
            "pinned_appointments": [pin(room="cellar")],
            "rooms": [{"id": "cellar", "kind": "store", "site": "north"}],
        },
        "room_unfit",
        "pinned_appointments[0].room",
    ),
    (coming(), "not_upcoming", "upcoming[0].earliest"),
    (coming(earliest="2026-10-11"), "not_upcoming", "upcoming[0].earliest"),
    (coming(earliest="2026-10-12", client="x"), "unknown_reference", "upcoming[0].client"),
    (
        coming(earliest="2026-10-14", latest="2026-10-13"),
        "latest_before_earliest",
        "upcoming[0].latest",
    ),
    (
        coming(earliest="2026-10-12", count=2, standing={"day": "mon", "start": "09:00"}),
        "standing_needs_one",
        "upcoming[0].count",
    ),
    ({"upcoming": coming(earliest="2026-10-12")["upcoming"] * 2}, "upcoming_twice", "upcoming[1].id"),
    (task("2026-10-07T12:01"), "out_of_order", "tasks[0].received"),
    (task("2026-10-07T11:00", client="x"), "unknown_reference", "tasks[0].client"),
    (task("2026-10-07T11:00", clinician="x"), "unknown_reference", "tasks[0].clinician"),
    (watched({"indicator": "siesta"}), "unknown_name", f"{WATCHED}[0].indicator"),
    (
        watched({"indicator": "sickness"}, {"indicator": "sickness"}),
        "duplicate_id",
        f"{WATCHED}[1].indicator",
    ),
    (watched({"indicator": "sickness", "least": 0}), "bad_value", f"{WATCHED}[0].least"),
    (watched({"indicator": "no_show", "most": 1.01}), "out_of_range", f"{WATCHED}[0].most"),
    (attended(id="ann"), "attendant_is_clinician", "attendants[0].id"),
    (attended(working=[]), "pin_unattended", "pinned_appointments[0].attendants"),
    (
        attended(leave=[{"start": "2026-10-05T10:30", "end": "2026-10-05T12:00"}]),
        "pin_unattended",
        "pinned_appointments[0].attendants",
    ),
    (
        attended(leave=[{"start": "2026-10-06T10:30", "end": "2026-10-06T12:00", "kind": "passed"}]),
        "reserved_kind",
        "attendants[0].leave[0].kind",
    ),
    (
        {"pinned_appointments": [pin(), pin("2026-10-06T10:00")]},
        "too_many_pins",
        "pinned_appointments[1].request",
    ),
    (
        {"pinned_appointments": [pin(request="r2", clinician="ben", start="2026-10-06T09:30")]},
        "pin_in_meeting",
        "pinned_appointments[0].start",
    ),
    (
        {"pinned_appointments": [pin()], "pinned_blocks": [block("2026-10-05T10:45")]},
        "pins_overlap",
        "pinned_blocks[0].start",
    ),
    (
        {"pinned_blocks": [block(clinicians=["ben"], supervisor="zoe")]},
        "unknown_reference",
        "pinned_blocks[0].supervisor",
    ),
    ({"pinned_blocks": [block(minutes=20)]}, "off_grid", "pinned_blocks[0].minutes"),
    (rule("brakes"), "unknown_rule", f"{HOURS}.brakes"),
    (rule("pinned", enabled=False), "physical_rule", f"{HOURS}.pinned.enabled"),
    (rule("pinned", hard=False), "physical_rule", f"{HOURS}.pinned.hard"),
    (rule("pinned", tier="safety"), "physical_rule", f"{HOURS}.pinned.tier"),
    (parameter("breaks", "meals", 30), "unknown_parameter", f"{HOURS}.breaks.parameters.meals"),
    (parameter("breaks", "meal", 0), "out_of_range", f"{HOURS}.breaks.parameters.meal"),
    (parameter("breaks", "meal", 30.0), "wrong_type", f"{HOURS}.breaks.parameters.meal"),
    (parameter("breaks", "meal", True), "wrong_type", f"{HOURS}.breaks.parameters.meal"),
    (parameter("breaks", "meal_stretch", 0), "out_of_range", f"{HOURS}.breaks.parameters.meal_stretch"),
    (parameter("supervision", "share", "1.5"), "out_of_range", f"{HOURS}.supervision.parameters.share"),
    (parameter("supervision", "share", "NaN"), "wrong_type", f"{HOURS}.supervision.parameters.share"),
    (parameter("caseload_cap", "points", 60), "wrong_type", f"{HOURS}.caseload_cap.parameters.points"),
    (
        parameter("caseload_cap", "points", {"nurse": 40}),
        "missing_field",
        f"{HOURS}.caseload_cap.parameters.points.default",
    ),
    (
        parameter("caseload_cap", "points", {"default": "many"}),
        "wrong_type",
        f"{HOURS}.caseload_cap.parameters.points.default",
    ),
    (
        parameter("client_spacing", "exempt", ["crises"]),
        "unknown_kind",
        f"{HOURS}.client_spacing.parameters.exempt[0]",
    ),
    (
        parameter("daily_intensity", "flags", ["crisis"]),
        "unknown_flag",
        f"{HOURS}.daily_intensity.parameters.flags[0]",
    ),
]


GROUP_CASES = [
    ({"session_type": "other"}, {}, "group_type", "requests[0].session_type"),
    ({"clinician": "ann"}, {}, "group_decides", "requests[0].clinician"),
    ({"skills": ["emdr"]}, {}, "group_decides", "requests[0].skills"),
    ({"client": "p2"}, {}, "not_a_member", "requests[0].client"),
    ({"count": 2}, {"requests": 2}, "asked_twice", "requests[1].group"),
    ({}, {"pinned_appointments": [pin(request="g1")]}, "pin_of_group", "pinned_appointments[0].request"),
    ({}, {"pinned_groups": [{"clients": ["p2"]}]}, "pin_of_group", "pinned_groups[0].clients[0]"),
    ({}, {"pinned_groups": [{}, {"start": "2026-10-06T10:00"}]}, "too_many_pins", "pinned_groups"),
    ({}, {"pinned_groups": [{"start": "2026-10-05T12:00"}]}, "pin_outside_hours", "pinned_groups[0].start"),
]


@pytest.mark.parametrize(("request_change", "change", "code", "place"), GROUP_CASES)
def test_groups_that_cannot_be_meant(
    request_change: Week, change: Week, code: str, place: str, week: Week
) -> None:
    """A group would be planned for people or times that contradict it."""
    asked = {"id": "g1", "client": "p1", "session_type": "circle", "group": "g"} | request_change
    types = [{"id": code, "minutes": 60, "kind": "group", "largest": 4} for code in ("circle", "other")]
    given = {"session_types": [*week["session_types"], *types], "requests": [asked]}
    given |= {"groups": [{"id": "g", "session_type": "circle", "members": ["p1"]}]} | change
    if isinstance(given["requests"], int):
        given["requests"] = [asked | {"id": f"g{n}"} for n in range(given["requests"])]
    session = {"group": "g", "clinicians": ["ann"], "start": "2026-10-05T10:00"}
    given["pinned_groups"] = [session | pinned for pinned in given.get("pinned_groups", ())]
    assert told(week | given) == {(code, place)}


@pytest.mark.parametrize(("name", "number", "change", "code", "place"), ENTRY_CASES)
def test_entries_that_cannot_be_meant(
    name: str, number: int, change: Week, code: str, place: str, week: Week
) -> None:
    """A week with this contradiction would be planned as if nothing were wrong."""
    assert (code, place) in told(changed(week, name, number, **change))


@pytest.mark.parametrize(("change", "code", "place"), FIELD_CASES)
def test_fields_that_cannot_be_meant(change: Week, code: str, place: str, week: Week) -> None:
    """A week with this contradiction would be planned as if nothing were wrong."""
    assert (code, place) in told(week | change)


def test_pins_in_leave(week: Week) -> None:
    """A session would be pinned into somebody's time off, and no schedule could be found."""
    away = {"leave": [{"start": "2026-10-05T10:30", "end": "2026-10-05T11:00"}]}
    week = changed(week, "clinicians", 1, **away) | {"pinned_appointments": [pin()]}
    assert told(week) == {("pin_in_leave", "pinned_appointments[0].start")}


def test_pins_in_time_that_has_passed(week: Week) -> None:
    """What was held would be refused as a session in somebody's time off when the rest is planned anew."""
    gone = {"leave": [{"start": "2026-10-05T00:00", "end": "2026-10-05T11:00", "kind": "passed"}]}
    assert told(changed(week, "clinicians", 1, **gone) | {"pinned_appointments": [pin()]}) == set()


def test_pins_of_one_client_with_two_clinicians(week: Week) -> None:
    """A client would be pinned into two places."""
    pins = [pin(request="r2"), pin(request="r2", clinician="ben", start="2026-10-05T10:30")]
    assert told(week | {"pinned_appointments": pins}) == {("pins_overlap", "pinned_appointments[1].start")}


def test_two_pins_with_one_attendant(week: Week) -> None:
    """An interpreter would be pinned into two places."""
    other = pin(request="r2", clinician="ben", start="2026-10-05T10:30", attendants=["int"])
    pins = [pin(attendants=["int"]), other]
    found = told(week | attended() | {"pinned_appointments": pins})
    assert ("pins_overlap", "pinned_appointments[1].attendants") in found


def test_good_pins_are_no_faults(week: Week) -> None:
    """Pins that fit would be refused."""
    pins = {
        "pinned_appointments": [pin()],
        "pinned_blocks": [block("2026-10-05T11:00"), block("2026-10-05T09:30")],
    }
    assert told(week | pins) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"rooms": []},
        task("2026-10-07T12:00"),
        task("2026-10-07T11:59", clinician="ben"),
        watched({"indicator": "sickness", "most": 1}, {"indicator": "no_show", "most": 1}),
        {"requests": [{"id": "r", "client": "p1", "session_type": "talk", "skills": ["welsh"]}]},
        rule("consultation", parameters={"minutes": 45, "most": 2}),
        rule("client_spacing", parameters={"exempt": []}),
        rule("caseload_cap", parameters={"points": {"default": "60.5", "nurse": 40}}),
        rule("documentation", hard=False, weight=5, tier="service"),
    ],
)
def test_what_is_no_fault(change: Week, week: Week) -> None:
    """A request that merely cannot be met, or a team's own choice, would be refused as broken input."""
    assert told(week | change) == set()


def test_adjoining_periods_do_not_overlap(week: Week) -> None:
    """A day in two adjoining periods would be refused."""
    later = {"day": "mon", "start": "12:00", "end": "13:00"}
    assert told(changed(week, "clinicians", 1, working=[*week["clinicians"][1]["working"], later])) == set()


def test_a_team_without_supervisors_may_switch_consultation_off(week: Week) -> None:
    """A team without supervisors could not use the library at all."""
    team = [{key: entry[key] for key in ("id", "working")} for entry in week["clinicians"]]
    off = rule("consultation", enabled=False)
    assert told(week | {"clinicians": team} | off) == set()


def test_sound_problems_pass_and_others_are_refused(week: Week) -> None:
    """A problem built in Python would reach the solver unchecked."""
    problem = Problem.model_validate(week)
    require_sound(problem)
    broken = problem.model_copy(update={"rulebook": Rulebook.model_validate({"rules": {"nap": {}}})})
    with pytest.raises(InputError, match="unknown_rule"):
        require_sound(broken)


def test_every_check_is_reached_by_a_case() -> None:
    """A check could stop working without any test noticing."""
    told_here = {case[-2] for case in (*ENTRY_CASES, *FIELD_CASES, *GROUP_CASES)}
    elsewhere = {
        "duplicate_id",
        "empty_team",
        "overlapping_periods",
        "pin_in_leave",
        "unknown_reference of upcoming",
    }
    assert len(faults.CHECKS) == len({check.__name__ for check in faults.CHECKS})
    assert len(told_here | elsewhere) >= len(faults.CHECKS)


def test_a_pin_in_person_in_hours_for_telehealth_only(week: Week) -> None:
    """A client would be asked to somebody's home, or one by telehealth be refused there."""
    week["pinned_appointments"] = [pin("2026-10-05T10:00")]
    place = "pinned_appointments[0].start"
    assert ("pin_in_telehealth_hours", place) not in told(week)
    for period in week["clinicians"][0]["working"]:
        period["telehealth_only"] = True
    assert ("pin_in_telehealth_hours", place) in told(week)


@pytest.mark.parametrize(("start", "free"), [("05T23:30", True), ("06T06:30", False), ("05T20:30", False)])
def test_a_pin_may_lie_over_midnight_in_one_night(start: str, free: bool) -> None:
    """What was planned for the middle of a night could not be kept when the rest is planned anew."""
    night = {"day": "mon", "start": "21:00", "end": "07:00"}
    week = {
        "week_start": "2026-10-05",
        "clinicians": [{"id": "A", "working": [night]}],
        "clients": [{"id": "K", "band": "low"}],
        "session_types": [{"id": "talk", "minutes": 60}],
        "requests": [{"id": "R", "client": "K", "session_type": "talk"}],
        "pinned_appointments": [{"request": "R", "clinician": "A", "start": f"2026-10-{start}"}],
    }
    assert told(week) == (set() if free else {("pin_outside_hours", "pinned_appointments[0].start")})
