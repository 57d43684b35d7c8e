"""Actuals are read whole or refused with every fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.actuals import Actuals, actuals_from_text, find_actuals_faults, read_actuals_folder
from safeschedule.errors import InputError
from safeschedule.exchange.json_text import as_text

MONDAY = "2026-10-05"
VISIT = {"client": "K1", "clinicians": ["C1"], "planned": "2026-10-05T09:00", "minutes": 60}


def week(**lists: Any) -> Actuals:
    return Actuals.model_validate_json(json.dumps({"week_start": MONDAY} | lists))


def places(**lists: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.place) for fault in find_actuals_faults(week(**lists))]


def test_what_is_not_recorded_is_not_nothing() -> None:
    """A week without a list of events would pass for a week without events."""
    made = week(events=[])
    assert (made.events, made.referrals) == ((), None)
    assert actuals_from_text(as_text(made)) == made
    assert json.loads(as_text(made)).keys() == {"schema_version", "week_start", "events"}


@pytest.mark.parametrize(
    ("lists", "fault"),
    [
        ({"visits": [VISIT | {"planned": "2026-10-12T09:00"}]}, ("other_week", "visits[0].planned")),
        ({"discharges": [{"client": "K1", "on": "2026-10-04"}]}, ("other_week", "discharges[0].on")),
        ({"visits": [VISIT, VISIT]}, ("duplicate", "visits[1]")),
        ({"days": 2 * [{"clinician": "C1", "date": MONDAY}]}, ("duplicate", "days[1]")),
        ({"visits": [VISIT | {"booked": "2026-10-06"}]}, ("out_of_order", "visits[0].booked")),
        (
            {"visits": [VISIT | {"began": "2026-10-05T10:00", "ended": "2026-10-05T09:30"}]},
            ("out_of_order", "visits[0].began"),
        ),
        (
            {"visits": [VISIT | {"outcome": "no_show", "began": "2026-10-05T09:00"}]},
            ("contradiction", "visits[0].began"),
        ),
        (
            {"days": [{"clinician": "C1", "date": MONDAY, "minutes_outside": 5, "documentation_outside": 6}]},
            ("contradiction", "days[0].documentation_outside"),
        ),
        (
            {
                "blocks": [
                    {
                        "clinician": "C1",
                        "kind": "break",
                        "planned": "2026-10-05T12:00",
                        "minutes": 30,
                        "fate": "kept",
                        "moved_to": "2026-10-05T13:00",
                    }
                ]
            },
            ("contradiction", "blocks[0].moved_to"),
        ),
        (
            {"first_contacts": [{"client": "K1", "on": MONDAY, "referred": "2026-10-06"}]},
            ("out_of_order", "first_contacts[0].referred"),
        ),
    ],
)
def test_what_cannot_have_happened_is_told_with_its_place(
    lists: dict[str, Any], fault: tuple[str, str]
) -> None:
    """A measure would be made of a slip of the pen."""
    assert places(**lists) == [fault]


def test_what_can_have_happened_is_taken() -> None:
    """A team could not write down a note about a no-show, or a visit that began early."""
    note = VISIT | {"outcome": "no_show", "documented": "2026-10-05T10:00"}
    early = VISIT | {"client": "K2", "began": "2026-10-05T08:55", "ended": "2026-10-05T09:40"}
    assert places(visits=[note, early], days=[{"clinician": "C1", "date": MONDAY}]) == []


def test_all_faults_of_a_file_come_at_once() -> None:
    """Somebody would mend one fault after the other."""
    text = json.dumps({"week_start": MONDAY, "visits": [VISIT, VISIT], "flags": [], "staff": []})
    with pytest.raises(InputError) as caught:
        actuals_from_text(text.replace('"K1"', '" K1"').replace('"staff"', '"stuff"'))
    assert {fault.place for fault in caught.value.faults} == {"visits[0].client", "visits[1].client", "stuff"}


def test_all_faults_of_a_folder_come_at_once(tmp_path: Path) -> None:
    """Somebody would mend one file after the other."""
    for name, text in {
        "a.json": '{"week_start": "2026-10-05"}',
        "b.json": '{"week_start": "2026-10-05"}',
        "c.json": "{",
        "d.json": '{"week_start": "2026-10-12", "events": [{"kind": "near_miss", "on": "2026-10-01"}]}',
        "e.json.bak1": "not looked at",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_actuals_folder(tmp_path)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("duplicate", "b.json"),
        ("not_json", "c.json line 1 column 2"),
        ("other_week", "d.json events[0].on"),
    ]


@pytest.mark.parametrize(("make", "code"), [(False, "missing_folder"), (True, "missing_file")])
def test_a_folder_without_weeks_is_refused(make: bool, code: str, tmp_path: Path) -> None:
    """Measures would be made of nothing."""
    folder = tmp_path / "weeks"
    if make:
        folder.mkdir()
    with pytest.raises(InputError) as caught:
        read_actuals_folder(folder)
    assert [fault.code for fault in caught.value.faults] == [code]


@given(st.sets(st.sampled_from(["visits", "blocks", "days", "events", "staff", "supervision"])))
def test_whatever_is_recorded_comes_back(recorded: set[str]) -> None:
    """A list would be lost, or come from nowhere, on the way through a file."""
    made = week(**{name: [] for name in recorded})
    again = actuals_from_text(as_text(made))
    assert again == made
    assert {name for name in Actuals.model_fields if getattr(again, name) == ()} == recorded
