"""Files, streams and shapes."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safeschedule.errors import Fault, InputError
from safeschedule.problem import problem_from_text, read_problem
from safeschedule.schedule import Schedule
from safeschedule.schedule.reading import read_schedule

Week = dict[str, Any]


def refusal(text: str) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        problem_from_text(text)
    return caught.value.faults


def told(week: Week) -> dict[str, tuple[str, str]]:
    return {fault.place: (fault.code, fault.expected) for fault in refusal(json.dumps(week))}


def test_path_text_and_stream_give_the_same_problem(week: Week, tmp_path: Path) -> None:
    """The same file would be another problem when piped in."""
    text = json.dumps(week)
    path = tmp_path / "week.json"
    path.write_text(text, encoding="utf-8")
    expected = problem_from_text(text)
    assert read_problem(path) == expected
    assert read_problem(str(path)) == expected
    assert read_problem(io.StringIO(text)) == expected


def test_byte_order_mark_is_no_fault(week: Week, tmp_path: Path) -> None:
    """Files saved by some editors on Windows could not be read."""
    path = tmp_path / "week.json"
    path.write_text(json.dumps(week), encoding="utf-8-sig")
    assert read_problem(path).name == "small"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda _: None, "missing_file"),
        (lambda path: path.mkdir(), "not_a_file"),
        (lambda path: path.write_bytes(b'{"name": "caf\xe9"}'), "not_utf8"),
    ],
)
def test_unreadable_files_are_refused(make: Any, code: str, tmp_path: Path) -> None:
    """A wrong path would end in a traceback."""
    path = tmp_path / "week.json"
    make(path)
    with pytest.raises(InputError, match=code):
        read_problem(path)


def test_names_that_are_no_paths_are_refused() -> None:
    """A path with a null character would end in a traceback."""
    with pytest.raises(InputError, match="unreadable_file"):
        read_problem("we\0ek.json")


def test_long_streams_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream, which states no size, would be read without end."""
    monkeypatch.setattr("safeschedule.problem.reading.source.LARGEST", 100)
    with pytest.raises(InputError, match="too_large"):
        read_problem(io.StringIO(" " * 200))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{'name': 1}", "not_json"),
        ('{"grid": NaN}', "not_json"),
        ('{"grid": -Infinity}', "not_json"),
        ("1" * 5000, "not_json"),
        ('{"name": "\\ud800", "week_start": "2026-10-05", "clinicians": []}', "not_json"),
        ('{"name": "a", "name": "b"}', "duplicate_key"),
        ("[" * 100_000, "too_deep"),
        ("[" * 60 + "]" * 60, "too_deep"),
        ("null", "wrong_type"),
        ("[]", "wrong_type"),
    ],
)
def test_text_that_is_no_problem_is_refused(text: str, code: str) -> None:
    """Text of this kind would crash the reader, or pass."""
    assert refusal(text)[0].code == code


def test_a_key_given_twice_is_told_where(week: Week) -> None:
    """The second of two values would win silently."""
    text = json.dumps(week).replace('"minutes": 60, "room_kind"', '"minutes": 60, "minutes": 45, "room_kind"')
    assert [fault.place for fault in refusal(text)] == ["session_types[0].minutes"]


def test_misspelt_fields_get_a_suggestion(week: Week) -> None:
    """A misspelt field would be ignored, or refused without help."""
    week["clinicians"][2]["working"][0]["strat"] = "09:00"
    code, expected = told(week)["clinicians[2].working[0].strat"]
    assert code == "unknown_field"
    assert "did you mean start?" in expected


def test_other_versions_are_refused_in_one_line(week: Week) -> None:
    """A file of a later format would give a page of unknown fields."""
    week |= {"schema_version": "3", "novelty": True}
    [fault] = refusal(json.dumps(week))
    assert (fault.code, fault.place, fault.value) == ("wrong_version", "schema_version", '"3"')


@pytest.mark.parametrize(
    ("value", "place", "code"),
    [
        ({"week_start": 20261005}, "week_start", "wrong_type"),
        ({"week_start": "2026-10-05T09:00"}, "week_start", "wrong_type"),
        ({"week_start": "9999-12-31"}, "week_start", "out_of_range"),
        ({"week_start": "0001-01-01"}, "week_start", "out_of_range"),
        ({"grid": 7}, "grid", "unknown_value"),
        ({"grid": "15"}, "grid", "unknown_value"),
        ({"clients": {}}, "clients", "wrong_type"),
        ({"clients": [{"id": " p"}]}, "clients[0].id", "bad_value"),
        ({"clients": [{"id": "p", "points": 0.123}]}, "clients[0].points", "out_of_range"),
        ({"clients": [{"id": "p", "flags": ["volatil"]}]}, "clients[0].flags[0]", "unknown_value"),
        ({"sites": [{}]}, "sites[0].id", "missing_field"),
        ({"rulebook": {"midday": "25:00"}}, "rulebook.midday", "bad_value"),
        (
            {"rulebook": {"rules": {"breaks": {"parameters": {"meal": None}}}}},
            "rulebook.rules.breaks.parameters.meal",
            "wrong_type",
        ),
    ],
)
def test_values_of_the_wrong_kind_are_told_and_not_converted(
    value: Week, place: str, code: str, week: Week
) -> None:
    """A value would be guessed: a number in quotes, or a date made of a number."""
    found = told(week | value)
    assert found[place][0] == code
    assert len([where for where in found if where == place]) == 1


def test_long_values_are_shortened_and_control_characters_escaped(week: Week) -> None:
    """A fault would flood or garble the terminal."""
    week["name"] = ["x"] * 1000
    week["time_zone"] = "\u001b[31m" + "z" * 500
    faults = refusal(json.dumps(week))
    assert all(len(fault.value) <= 60 and fault.value.isprintable() for fault in faults)
    assert all(str(fault).isprintable() for fault in faults)


def test_schedules_are_read_and_refused_alike(tmp_path: Path) -> None:
    """A broken schedule would end in a traceback."""
    path = tmp_path / "schedule.json"
    schedule = Schedule(week_start=date(2026, 10, 5))
    path.write_text(schedule.model_dump_json(), encoding="utf-8")
    assert read_schedule(path) == schedule
    path.write_text('{"week_start": "2026-10-05", "blocks": [{"kind": "nap"}]}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_schedule(path)
    assert "blocks[0].kind" in {fault.place for fault in caught.value.faults}
    assert all(fault.code != "bad_value" for fault in caught.value.faults)
