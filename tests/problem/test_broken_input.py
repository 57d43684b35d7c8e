"""Ten ways in which a file is broken; each has to be told, with a code and the place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safeschedule.errors import Fault, InputError
from safeschedule.problem import problem_from_text, read_problem

Week = dict[str, Any]


def faults_of(week: Week) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        problem_from_text(json.dumps(week))
    return caught.value.faults


def set_to(*path: str | int, value: Any) -> Callable[[Week], None]:
    def change(week: Week) -> None:
        place: Any = week
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = value

    return change


def add_overlap(week: Week) -> None:
    week["clinicians"][1]["working"].append({"day": "tue", "start": "11:00", "end": "13:00"})


BROKEN = {
    "wrong type": (
        set_to("session_types", 0, "minutes", value="sixty"),
        "wrong_type",
        "session_types[0].minutes",
    ),
    "unknown id": (set_to("requests", 1, "client", value="p9"), "unknown_reference", "requests[1].client"),
    "overlapping periods": (add_overlap, "overlapping_periods", "clinicians[1].working[3]"),
    "negative minutes": (set_to("meetings", 0, "minutes", value=-30), "out_of_range", "meetings[0].minutes"),
    "session longer than any day": (
        set_to("session_types", 0, "minutes", value=240),
        "session_too_long",
        "session_types[0].minutes",
    ),
    "supervisor who is nobody": (
        set_to("clinicians", 2, "supervisor", value="lee"),
        "unknown_reference",
        "clinicians[2].supervisor",
    ),
    "empty team": (set_to("clinicians", value=[]), "empty_team", "clinicians"),
    "duplicated id": (set_to("clients", 1, "id", value="p1"), "duplicate_id", "clients[1].id"),
}


def test_the_week_to_break_is_sound(week: Week) -> None:
    """The other tests would prove nothing if the week they break were broken already."""
    assert problem_from_text(json.dumps(week)).name == "small"


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_file_is_told(kind: str, week: Week) -> None:
    """A team would plan from a file with this mistake, or not be told where it is."""
    change, code, place = BROKEN[kind]
    change(week)
    assert (code, place) in {(fault.code, fault.place) for fault in faults_of(week)}


def test_cut_json_is_told_with_line_and_column(week: Week) -> None:
    """Half a download would end in a traceback, or without a word on where the file ends."""
    text = json.dumps(week, indent=1)
    with pytest.raises(InputError) as caught:
        problem_from_text(text[: len(text) // 2])
    [fault] = caught.value.faults
    assert fault.code == "not_json"
    assert fault.place.startswith("line ")
    assert " column " in fault.place
    assert "cut" in fault.expected


def test_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A huge file would be read into memory before anyone says no."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(InputError) as caught:
        read_problem(path)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("too_large", '"huge.json"')]


def test_all_faults_of_meaning_are_told_at_once(week: Week) -> None:
    """People would mend one fault a run."""
    names = ("unknown id", "overlapping periods", "session longer than any day", "duplicated id")
    for name in names:
        BROKEN[name][0](week)
    told = {(fault.code, fault.place) for fault in faults_of(week)}
    assert {BROKEN[name][1:] for name in names} <= told


def test_all_faults_of_shape_are_told_at_once_and_those_of_the_rest_too(week: Week) -> None:
    """A wrong type would hide an unknown id elsewhere in the file."""
    for name in ("wrong type", "negative minutes", "overlapping periods"):
        BROKEN[name][0](week)
    week["clients"][0]["clinician"] = "anne"
    told = {(fault.code, fault.place) for fault in faults_of(week)}
    assert told == {
        ("wrong_type", "session_types[0].minutes"),
        ("out_of_range", "meetings[0].minutes"),
        ("overlapping_periods", "clinicians[1].working[3]"),
        ("unknown_reference", "clients[0].clinician"),
    }


def test_an_entry_of_wrong_shape_raises_no_false_alarm_about_those_that_name_it(week: Week) -> None:
    """Every client of a clinician with a typo would be told to have no clinician."""
    week["clinicians"][1]["fte"] = "full"
    assert [(fault.code, fault.place) for fault in faults_of(week)] == [("wrong_type", "clinicians[1].fte")]


def test_places_after_an_entry_of_wrong_shape_count_as_in_the_file(week: Week) -> None:
    """The fault's place would be off by one."""
    week["clients"][0]["flags"] = "none"
    week["clients"].append(copy.deepcopy(week["clients"][1]) | {"id": "p3", "clinician": "nobody"})
    places = [fault.place for fault in faults_of(week)]
    assert places == ["clients[0].flags", "clients[2].clinician"]
