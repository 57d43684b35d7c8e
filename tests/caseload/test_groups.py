"""Groups: who could come, who not and why, and whether they shift work or add to it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from safeschedule.caseload.groups import (
    GroupAnswer,
    GroupEligibility,
    GroupRules,
    group_eligibility,
    read_group_rules,
)
from safeschedule.errors import ArgumentError, InputError
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from tests.caseload.team import client, problem, request

GROUP = {"id": "G", "session_type": "group", "open": True, "slots": [{"day": "tue", "start": "10:00"}]}


def team(*clients: dict[str, Any], **changes: Any) -> Problem:
    """Give a team with one open group and these clients."""
    return problem(*clients, **({"groups": [GROUP]} | changes))


def session(who: str, day: int = 5, start: str = "09:00", **changes: Any) -> dict[str, Any]:
    """Give a talk of C1 with a client."""
    return {
        "session_type": "talk",
        "clinicians": ["C1"],
        "clients": [who],
        "start": f"2026-10-{day:02d}T{start}",
        "minutes": 60,
    } | changes


def group_session(*who: str, **changes: Any) -> dict[str, Any]:
    """Give a session of the group, led by C2."""
    given = {"session_type": "group", "group": "G", "clinicians": ["C2"], "clients": list(who)}
    return session("", 6, "10:00", **(given | changes))


def asked(given: Problem, *sessions: dict[str, Any], **rules: Any) -> GroupAnswer:
    """Give the answer for the one group, with its criteria."""
    week = Schedule.model_validate({"week_start": "2026-10-05", "appointments": list(sessions)})
    own = GroupRules.model_validate({"groups": [{"group": "G"} | rules.pop("own", {})]} | rules)
    (found,) = group_eligibility(given, week, own).groups
    return found


def against(found: GroupAnswer) -> dict[str, list[str]]:
    """Give the criteria that stand against each."""
    return {each.client: [reason.criterion for reason in each.reasons] for each in found.candidates}


def test_each_criterion_excludes_whom_it_says() -> None:
    """Somebody would sit in a group who must not, or be kept out without a reason."""
    given = team(
        client("M"),
        client("FITS"),
        client("BAND", band="high"),
        client("FLAG", flags=["crisis_risk"]),
        client("PHASE"),
        client("UNSAID"),
        client("MON", windows=[{"day": "mon", "start": "09:00", "end": "17:00"}]),
        client("LANGUAGE"),
        client("WAITS", clinician=None),
        requests=[request("R", "LANGUAGE", skills=["farsi"])],
        clinicians=[
            person | {"skills": ["farsi"] if person["id"] == "C1" else []}
            for person in problem().to_dict()["clinicians"]
        ],
    )
    phases = [{"client": each.id, "phase": "early"} for each in given.clients if each.id != "UNSAID"]
    phases = [each | {"phase": "late"} if each["client"] == "PHASE" else each for each in phases]
    own = {"bands": ["low", "moderate"], "without": ["crisis_risk"], "phases": ["early"]}
    assert against(asked(given, group_session("M"), own=own, phases=phases)) == {
        "FITS": [],
        "WAITS": [],
        "BAND": ["band"],
        "FLAG": ["flag"],
        "PHASE": ["phase"],
        "UNSAID": ["phase"],
        "MON": ["time"],
        "LANGUAGE": ["skills"],
    }


def test_a_group_shifts_work_when_it_takes_no_more_than_it_frees() -> None:
    """A group would be added on top of a full week, and called access."""
    people = [client(code) for code in ("K0", "K1", "K2", "K3", "M")]
    talks = [session(f"K{n}", 5, f"{9 + n:02d}:00") for n in range(4)]
    found = asked(team(*people), *talks, group_session("M"), own={"points": 0.5})
    by_code = {each.clinician: each for each in found.effects}
    own = by_code["C1"]
    assert (own.freed_sessions, own.freed_minutes, own.freed_points) == (4, 240, Decimal(6))
    assert (own.group_minutes, own.net_minutes, own.net_sessions) == (0, -240, -4)
    leads = by_code["C2"]
    assert (leads.group_minutes, leads.group_sessions, leads.net_minutes) == (60 + 15 + 30, 2, 105)
    assert leads.single_limit == 4  # six a day, of which the group counts two
    assert found.expands == ("C2",)
    own_group = asked(team(*people), *talks, group_session("M", clinicians=["C1"]))
    assert own_group.expands == ()
    assert own_group.effects[0].net_minutes == 105 - 240


def test_seats_go_round_once_and_no_further() -> None:
    """Ten people would be counted on for three seats, or one person for two groups."""
    people = [client(f"K{n:02d}") for n in range(10)]
    found = asked(team(*people), group_session("K00"), own={"largest": 4})
    assert (found.largest, found.taken, found.free) == (4, 1, 3)
    assert sum(each.moves for each in found.candidates) == 3
    full = asked(team(*people), group_session("K00"), own={"largest": 1})
    assert {tuple(reasons) for reasons in against(full).values()} == {("size",)}
    both = team(*people, groups=[GROUP, GROUP | {"id": "H"}])
    week = Schedule.model_validate({"week_start": "2026-10-05"})
    answers = group_eligibility(both, week).groups
    moved = [each.client for answer in answers for each in answer.candidates if each.moves]
    assert len(moved) == len(set(moved)) == 10


def test_a_closed_group_takes_in_nobody_unless_the_service_says_so() -> None:
    """A closed group would be opened by a program."""
    given = team(client("K1"), groups=[GROUP | {"open": False}])
    assert against(asked(given)) == {"K1": ["closed"]}
    assert against(asked(given, own={"admits": True})) == {"K1": []}


def test_what_a_group_stands_for_is_therapy_or_what_is_said() -> None:
    """Somebody's review would be called off for a group."""
    given = team(client("K1"))
    talks = [session("K1"), session("K1", 6, session_type="review", minutes=45)]
    assert asked(given, *talks).candidates[0].sessions == 1
    (only,) = asked(given, *talks, own={"replaces": ["review"]}).candidates
    assert (only.sessions, only.minutes) == (1, 45)


def test_criteria_that_fit_no_problem_are_told_together(tmp_path: Path) -> None:
    """A criterion with a misspelt band would exclude everybody without a word."""
    own = {"bands": ["modrate"], "replaces": ["tlak"], "largest": 9}
    with pytest.raises(ArgumentError) as raised:
        asked(team(client("K1")), own=own, phases=[{"client": "K2", "phase": "early"}])
    codes = sorted(fault.code for fault in raised.value.faults)
    assert codes == ["out_of_range", "unknown_reference", "unknown_reference", "unknown_reference"]
    (tmp_path / "groups.toml").write_text('[[groups]]\ngroup = "G"\nband = ["low"]\n', encoding="utf-8")
    with pytest.raises(InputError, match="band"):
        read_group_rules(tmp_path / "groups.toml")


def test_the_answer_travels_as_plain_data() -> None:
    """A web page would lose part of it."""
    week = Schedule.model_validate({"week_start": "2026-10-05", "appointments": [session("K1")]})
    found = group_eligibility(team(client("K1"), client("W", clinician=None)), week)
    assert GroupEligibility.from_dict(found.to_dict()) == found
    assert "No criteria are set" in str(found)
