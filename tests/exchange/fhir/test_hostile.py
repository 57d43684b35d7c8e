"""FHIR that is broken or made to break something: one clean refusal with every fault, or nothing happens."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.errors import InputError, SafeScheduleError
from tests.exchange.fhir.test_reading import (
    BOOKED,
    CLINIC,
    bundle,
    clinic,
    read,
    reference,
    refused,
    resource,
)

pytest.importorskip("fhir.resources")

Plain = dict[str, Any]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            {"PractitionerRole": {"availableTime": [{"daysOfWeek": ["mon"], "availableStartTime": "9:00"}]}},
            ("bad_value", "Bundle.entry[1].resource.availableTime[0].availableStartTime"),
        ),
        (
            {
                "PractitionerRole": {
                    "availableTime": [{"daysOfWeek": ["mon"], "availableStartTime": "09:00:00"}]
                }
            },
            ("missing_field", "Bundle.entry[1].resource.availableTime[0].availableEndTime"),
        ),
        (
            {"PractitionerRole": {"availableTime": [{"daysOfWeek": ["monday"], "allDay": True}]}},
            ("unknown_value", "Bundle.entry[1].resource.availableTime[0]"),
        ),
        (
            {
                "PractitionerRole": {
                    "notAvailable": [{"description": "", "during": {"start": "2026-10-05T09:00:00"}}]
                }
            },
            ("bad_value", "Bundle.entry[1].resource.notAvailable[0].during.start"),
        ),
        (
            {"PractitionerRole": {"practitioner": reference("Patient/K1")}},
            ("wrong_type", "Bundle.entry[1].resource.practitioner.reference"),
        ),
        (
            {"ServiceRequest": {"subject": reference("#contained")}},
            ("missing_reference", "Bundle.entry[4].resource.subject"),
        ),
        (
            {"ServiceRequest": {"subject": reference("urn:uuid:none")}},
            ("unknown_reference", "Bundle.entry[4].resource.subject.reference"),
        ),
        ({"ServiceRequest": {"status": "wanted"}}, ("unknown_value", "Bundle.entry[4].resource.status")),
        (
            {"ServiceRequest": {"quantityQuantity": {"value": 1.5}}},
            ("bad_value", "Bundle.entry[4].resource.quantityQuantity.value"),
        ),
        (
            {"ServiceRequest": {"quantityQuantity": {"value": 9e9}}},
            ("out_of_range", "Bundle.entry[4].resource.quantityQuantity"),
        ),
        (
            {"ServiceRequest": {"performer": [reference("Practitioner/C9")]}},
            ("unknown_reference", "Bundle.entry[4].resource.performer"),
        ),
        (
            {"Patient": {"modifierExtension": [{"url": "http://example.org/not", "valueBoolean": True}]}},
            ("unknown_modifier", "Bundle.entry[3].resource.modifierExtension"),
        ),
        (
            {"Patient": {"implicitRules": "http://example.org"}},
            ("unknown_modifier", "Bundle.entry[3].resource.implicitRules"),
        ),
        ({"Patient": {"nickname": "x"}}, ("unknown_field", "Bundle.entry[3].resource.nickname")),
        ({"Patient": {"id": "a b"}}, ("bad_value", "Bundle.entry[3].resource.id")),
        (
            {
                "HealthcareService": {
                    "extension": [{"url": "https://safeschedule.invalid/fhir/extension/SessionType.wat"}]
                }
            },
            ("unknown_field", "Bundle.entry[2].resource.extension[0].url"),
        ),
        (
            {
                "HealthcareService": {
                    "extension": [{"url": "https://safeschedule.invalid/fhir/extension/SessionType.minutes"}]
                }
            },
            ("bad_value", "Bundle.entry[2].resource.extension[0]"),
        ),
    ],
    ids=lambda value: value[1].rpartition("resource.")[2] if isinstance(value, tuple) else "",
)
def test_a_fault_is_told_with_its_place(changed: dict[str, Plain], fault: tuple[str, str]) -> None:
    """Otherwise somebody would search a Bundle of ten thousand entries for what is wrong."""
    assert fault in refused(clinic(**changed))


def test_all_faults_are_told_at_once() -> None:
    """Otherwise a Bundle would be mended fault by fault."""
    changed = {
        "Patient": {"nickname": "x"},
        "PractitionerRole": {"availableTime": [{"daysOfWeek": ["mon"], "availableStartTime": "9:00"}]},
        "ServiceRequest": {"status": "wanted"},
    }
    places = [
        place.rpartition(".")[2] for _, place in refused(clinic({**BOOKED, "start": "soon"}, **changed))
    ]
    assert {"nickname", "availableStartTime", "status", "start"} <= set(places)


@pytest.mark.parametrize("name", ["start", "end"])
@pytest.mark.parametrize(
    "text", ["2026-10-05T10:30:00", "2026-10-05T10:30:30+01:00", "2026-10-05", "10:30", 5]
)
def test_a_time_without_offset_or_with_seconds_is_refused(name: str, text: object) -> None:
    """Otherwise a session would be planned at another hour than the record system has it."""
    places = {place for _, place in refused(clinic({**BOOKED, name: text}))}
    assert f"Bundle.entry[5].resource.{name}" in places


@pytest.mark.parametrize(
    ("offset", "start"),
    [("+01:00", "10:00"), ("Z", "11:00"), ("-05:00", "16:00"), ("-01:30", "12:30")],
)
def test_offsets_are_followed(offset: str, start: str) -> None:
    """Otherwise a server in another time zone would move every session."""
    times = {"start": f"2026-10-05T10:00:00{offset}", "end": f"2026-10-05T11:00:00{offset}"}
    (pin,) = read(clinic({**BOOKED, **times}), minutes=60).problem.pinned_appointments
    assert f"{pin.start:%H:%M}" == start


def test_two_resources_of_one_name_are_refused() -> None:
    """Otherwise one of two versions of a patient would be taken by chance."""
    assert ("duplicate_id", "Bundle.entry[5].resource.id") in refused(clinic(CLINIC[3]))


def test_markup_stays_text() -> None:
    """Otherwise a display text could run as markup on a page, or command a terminal."""
    script = "<script>alert(1)</script>"
    found = read(clinic(ServiceRequest={"code": {"text": script}}), minutes=60)
    assert found.problem.requests[0].session_type == script
    from safeschedule.reports.html import rota_html
    from safeschedule.verifier import verify
    from tests.exchange.support import packed

    week = packed(found.problem)
    assert script not in rota_html(found.problem, week, verify(found.problem, week))
    faults = refused(clinic(ServiceRequest={"code": {"text": "\x1b[31mred"}}))
    assert faults
    assert all(place.isprintable() for _, place in faults)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"resourceType": "Bundle"',
        '{"resourceType": 3}',
        '{"resourceType": "Bundle", "type": "history"}',
        '{"resourceType": "Bundle", "type": "collection", "entry": {}}',
        '{"resourceType": "Bundle", "type": "collection", "entry": [3, null, {}, {"resource": []}]}',
        '<Bundle xmlns="http://hl7.org/fhir"/>',
        '{"resourceType": "Patient"}\n{"resourceType": "Patient"',
        '{"resourceType": "Patient", "contained": ' + "[" * 100 + "]" * 100 + "}",
        '{"resourceType": "Patient", "multipleBirthInteger": ' + "9" * 5000 + "}",
        json.dumps(bundle(resource("Patient", "1", name=3), resource("Wat", "2"), resource("Slot", "3"))),
    ],
)
def test_what_is_no_fhir_is_refused(text: str, tmp_path: Any) -> None:
    """Otherwise a broken export would end in a traceback."""
    path = tmp_path / "given.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path, supervisors=[])
    assert all(fault.place and fault.expected for fault in caught.value.faults)


def test_what_the_reader_has_to_say_is_asked_for() -> None:
    """Otherwise the week or the time zone would be guessed."""
    found = refused(clinic(BOOKED), week=None, time_zone=None, minutes=None)
    assert {place for code, place in found if code == "missing_argument"} == {"week", "time_zone"}
    assert ("missing_field", "Bundle.entry[2].resource.extension") in found
    assert refused(clinic(), time_zone="Mars/Olympus") == [("unknown_time_zone", "time_zone")]
    assert refused(clinic(), supervisors=["C2"])[0] == ("unknown_reference", "supervisors")


values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**40) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return every place inside plain data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, each in inner for spot in spots(each, (*path, key)))]


WHOLE = clinic(
    BOOKED,
    resource("Schedule", "S1", actor=[reference("Practitioner/C1")]),
    resource(
        "Slot",
        "1",
        status="busy",
        schedule=reference("Schedule/S1"),
        start="2026-10-06T10:00:00+01:00",
        end="2026-10-06T11:00:00+01:00",
    ),
    resource("Location", "L1", status="active"),
)


@given(st.sampled_from(spots(WHOLE)[1:]), values)
def test_any_value_in_any_place_is_read_or_refused(spot: tuple[Any, ...], value: Any) -> None:
    """Otherwise a server's odd resource would end in a traceback."""
    broken = copy.deepcopy(WHOLE)
    holder: Any = broken
    for key in spot[:-1]:
        holder = holder[key]
    holder[spot[-1]] = value
    try:
        found = str(read(broken))
    except SafeScheduleError as error:
        found = str(error)
    assert found


def test_a_huge_bundle_is_refused_before_it_is_read(tmp_path: Any) -> None:
    """Otherwise a file could fill the memory of a service."""
    path = tmp_path / "huge.json"
    path.write_text('{"resourceType": "Bundle", "entry": [' + "{}," * 2_000_001 + "{}]}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    assert [fault.code for fault in caught.value.faults] == ["too_large"]
