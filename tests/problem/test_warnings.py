"""What is hardly meant: told with the way out, never untrue, and never in the way."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given

from safeschedule import Result, solve
from safeschedule.catalogue import Tier, rules
from safeschedule.errors import InputError
from safeschedule.problem import Problem, problem_from_text, warnings
from safeschedule.samples import sample
from safeschedule.testing.strategies import sound_problems
from tests.solving.drawn import without
from tests.solving.whole import solve_whole

Week = dict[str, Any]

KEPT = {
    *(rule.id for rule in rules().values() if rule.tier is Tier.PHYSICAL),
    "access",
    "breaks",
    "continuity",
}
KEPT |= {"group_size", "leave", "preparation", "recovery_buffer"}
"""The rules on which warnings rest; what others forbid depends on the week."""


def told(week: Week) -> list[tuple[str, str, str]]:
    found = warnings.find(problem_from_text(json.dumps(week)))
    return [(warning.code, warning.place, warning.of) for warning in found]


def window(day: str, start: str, end: str) -> Week:
    return {"day": day, "start": start, "end": end}


def for_two(week: Week, *windows: Week) -> Week:
    """Return the week with a session for p1 and p2 together, at whose times p2 can come."""
    week["session_types"].append({"id": "couple", "minutes": 60, "smallest": 2, "largest": 2})
    week["groups"] = [{"id": "g", "session_type": "couple", "members": ["p1", "p2"], "facilitators": ["ann"]}]
    week["clients"][1]["windows"] = list(windows)
    asked = [{"id": f"j{n}", "client": f"p{n}", "session_type": "couple", "group": "g"} for n in (1, 2)]
    week["requests"] = asked
    return week


def test_a_week_in_which_all_is_meant_has_no_warnings(week: Week) -> None:
    """Somebody would learn to read past them."""
    assert told(week) == []
    # The sample has one client who comes when the own clinician does not work, and one cover of another role.
    assert [warning.of for warning in warnings.find(sample())] == ["request R059", "clinician C04"]


def test_answers_hold_the_warnings(week: Week) -> None:
    """A service would have to ask for them beside each result, and would not."""
    week["requests"][0]["skills"] = ["welsh"]
    problem = problem_from_text(json.dumps(week))
    result = solve(problem, deterministic_limit=0.2, workers=1)
    assert [warning.code for warning in result.warnings] == ["never_skilled"]
    assert result.verification is not None
    assert result.warnings == result.verification.warnings == warnings.find(problem)
    assert Result.from_dict(result.to_dict()).warnings == result.warnings


def test_two_clients_whose_times_never_meet(week: Week) -> None:
    """A joint session would be left out, with a reason that speaks of anything but their windows."""
    never = for_two(week, window("tue", "09:00", "12:00"))
    place = "requests[0].group", "request j1"
    assert ("never_together", *place) in told(never)
    [reason] = [w for w in warnings.find(problem_from_text(json.dumps(never))) if w.of == "request j1"]
    assert "p1, p2" in reason.expected


def test_two_clients_whose_times_meet_are_no_matter(week: Week) -> None:
    """The mirror image: an hour in common is enough."""
    assert told(for_two(copy.deepcopy(week), window("mon", "11:00", "14:00"))) == []
    assert told(for_two(week, window("mon", "11:15", "14:00"))) != []


def test_a_session_for_two_asked_for_by_one_is_a_fault_with_the_way_out(week: Week) -> None:
    """It would be accepted, could never be placed, and a rule about breaks would get the blame."""
    week = for_two(week)
    del week["requests"][0]["group"]
    with pytest.raises(InputError) as caught:
        told(week)
    [fault] = caught.value.faults
    assert (fault.code, fault.place, fault.of) == ("needs_group", "requests[0].session_type", "request j1")
    assert "an entry in groups" in fault.expected
    week["rulebook"] = {"rules": {"group_size": {"hard": False}}}
    assert told(week) == []


def test_a_session_longer_than_the_longest_stretch(week: Week) -> None:
    """A four-hour assessment would be left out for want of a meal, and a meal would not help."""
    week["session_types"][0]["minutes"] = 150
    assert told(week) == []
    week["rulebook"] = {"rules": {"breaks": {"parameters": {"longest": 120}}}}
    assert ("never_too_long", "requests[0].session_type", "request r1") in told(week)
    week["rulebook"]["rules"]["breaks"]["hard"] = False
    assert told(week) == []


def test_a_session_that_is_too_long_with_its_recovery(week: Week) -> None:
    """Three hours of trauma work would be left out for want of a pause that nobody can give it."""
    week["session_types"][0] |= {"minutes": 150, "recovery_minutes": 90}
    week["rulebook"] = {"rules": {"recovery_buffer": {"enabled": True}}}
    assert told(week) == []
    week["session_types"][0]["recovery_minutes"] = 95
    assert ("never_too_long", "requests[0].session_type", "request r1") in told(week)


def test_parameters_of_an_earlier_version_are_read_and_told(week: Week) -> None:
    """A service's rulebook would be refused, or its lunch hour passed over without a word."""
    week["rulebook"] = {"rules": {"breaks": {"parameters": {"from": "11:30", "to": "14:00"}}}}
    found = [w for w in warnings.find(problem_from_text(json.dumps(week))) if w.code == "retired_parameter"]
    assert [warning.place.rpartition(".")[2] for warning in found] == ["from", "to"]
    assert all("meal_stretch" in warning.expected for warning in found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"skills": ["welsh"]}, "never_skilled"),
        ({"clinician": "ben", "skills": ["emdr"]}, "never_skilled"),
        ({"windows": [{"day": "thu", "start": "09:00", "end": "12:00"}]}, "never_in_windows"),
        ({"windows": [{"day": "mon", "start": "11:15", "end": "12:00"}]}, "never_in_windows"),
        ({"earliest": "2026-10-06", "latest": "2026-10-11"}, "never_in_windows"),
        ({"client": "p2", "windows": [{"day": "fri", "start": "09:00", "end": "17:00"}]}, "never_at_work"),
        ({"client": "p2", "latest": "2026-10-06", "earliest": "2026-10-06"}, ""),
        ({"windows": [{"day": "mon", "start": "11:00", "end": "12:00"}]}, ""),
    ],
)
def test_a_request_that_nobody_can_ever_take(change: Week, code: str, week: Week) -> None:
    """It would be found at the end of a solve, and perhaps blamed on a rule."""
    week["requests"][0] |= change
    assert [found for found, place, _ in told(week) if place.startswith("requests[0]")] == [code] * bool(code)
    answer = warnings.never(problem_from_text(json.dumps(week)), "r1")
    assert (answer.code if answer else "") == code


@pytest.mark.parametrize(
    ("kind", "code"), [("leave", "never_at_work"), ("sick", "never_at_work"), ("passed", "")]
)
def test_time_that_has_passed_is_no_time_off(kind: str, code: str, week: Week) -> None:
    """What was held on Monday would be called impossible when the week is planned anew on Tuesday."""
    away = {"start": "2026-10-05T00:00", "end": "2026-10-12T00:00", "kind": kind}
    week["clinicians"] = [
        person | {"leave": [away], "supervisor": None, "cover": None} for person in week["clinicians"]
    ]
    found = {code for code, place, _ in told(week) if place.startswith("requests[0]")}
    assert found == {code} - {""}


def test_a_request_by_telehealth_that_no_one_can_give(week: Week) -> None:
    """It would be left out in every week."""
    for person in week["clinicians"]:
        person["telehealth"] = False
    assert told(week) == []
    week["requests"][1]["mode"] = "telehealth"
    assert ("never_meeting", "requests[1].mode", "request r2") in told(week)


def test_a_room_that_is_not_there(week: Week) -> None:
    """It would be left out in every week."""
    week["session_types"][0]["room_kind"] = "play"
    assert ("never_a_room", "requests[0].session_type", "request r1") in told(week)
    week["rooms"][0]["also"] = ["play"]
    assert told(week) == []
    week["rooms"][0]["seats"] = 1
    assert ("never_a_room", "requests[0].session_type", "request r1") in told(week)


def test_codes_that_differ_in_case_only_and_contacts_that_are_still_to_come(week: Week) -> None:
    """A slip of the pen would make two clients of one, or a client who is overdue seem cared for."""
    week["clients"].append({"id": "P1", "last_contact": "2026-10-07"})
    codes = {code for code, place, _ in told(week) if place.startswith("clients[2]")}
    assert codes == {"alike_in_case", "contact_in_the_week"}


@given(sound_problems(max_clinicians=2, max_sessions=4, max_days=3, pins=False))
def test_what_is_said_never_to_fit_does_not_fit_into_an_empty_week(problem: Problem) -> None:
    """Somebody would give up a session that could be held, on the library's word."""
    said = {w.of.removeprefix("request ") for w in warnings.find(problem) if w.code.startswith("never")}
    groups = {request.group for request in problem.requests if request.id in said} - {None}
    alone = [r for r in problem.requests if (r.id in said and r.group is None) or r.group in groups]
    if not said:
        return
    empty = without(problem, *(name for name in rules() if name not in KEPT)).model_copy(
        update={"requests": tuple(alone), "meetings": (), "incidents": ()}
    )
    best = solve_whole(empty)
    assert best is not None
    placed = {empty.requests[n].id for n in best.rows.request.tolist() if 0 <= n < len(empty.requests)}
    assert not placed & said


def night(*windows: Week) -> list[str]:
    """Return the warnings' codes of a session of an hour over midnight, in hours written down in two."""
    halves = [
        window("mon", "21:00", "24:00"),
        window("tue", "00:00", "06:00"),
        window("wed", "00:00", "06:00"),
    ]
    week = {
        "week_start": "2026-10-05",
        "clinicians": [{"id": "N1", "working": halves, "weekly_sessions": 5}],
        "clients": [{"id": "K1", "clinician": "N1", "windows": list(windows)}],
        "session_types": [{"id": "talk", "minutes": 60}],
        "requests": [{"id": "R1", "client": "K1", "session_type": "talk"}],
        "rulebook": {"rules": {"documentation": {"enabled": False}}},
    }
    return [code for code, _, _ in told(week) if code.startswith("never")]


def test_windows_that_meet_at_midnight_are_one() -> None:
    """If it fails, a session at night that is placed is called impossible, or the other way round."""
    assert night(window("mon", "23:30", "24:00"), window("tue", "00:00", "00:30")) == []
    assert night(window("mon", "23:30", "24:00"), window("wed", "00:00", "00:30")) == ["never_in_windows"]
    assert night(window("mon", "23:30", "24:00"), window("tue", "00:15", "00:45")) == ["never_in_windows"]


@pytest.mark.parametrize(("back", "absent"), [("2026-10-12", True), ("2026-10-06", False)])
def test_a_supervisor_who_is_away_all_week_is_told(back: str, absent: bool, week: Week) -> None:
    """Nobody would be told to name who stands in; and a whole team would be refused for one leave."""
    gone = {"start": "2026-10-05T00:00", "end": "2026-10-05T12:00", "kind": "passed"}
    ill = {"start": "2026-10-05T12:00", "end": f"{back}T00:00", "kind": "sick"}
    week["clinicians"][0]["leave"] = [gone, ill]
    assert ("supervisor_absent" in {code for code, _, _ in told(week)}) is absent


def test_a_team_whose_supervisor_is_away_has_a_week() -> None:
    """One leader's leave would leave the whole team without a schedule, and who goes without unsaid."""
    team = sample()
    lead = next(person.supervisor for person in team.clinicians if person.supervisor and person.new_in_post)
    start, end = "2026-10-01T00:00", "2026-10-20T00:00"
    content = team.model_dump(mode="json", exclude_defaults=True)
    for person in content["clinicians"]:
        if person["id"] == lead:
            person["leave"] = [{"start": start, "end": end}]
    result = solve(problem_from_text(json.dumps(content)), deterministic_limit=0.3, workers=1, seed=1)
    assert result.verified
    assert "no_supervision" in {notice.code for notice in result.notices}
