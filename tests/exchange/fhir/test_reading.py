"""FHIR of other programs: what is read, what is told of it, and what is refused."""

from __future__ import annotations

import copy
import io
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safeschedule.errors import Fault, InputError
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule

pytest.importorskip("fhir.resources")

from safeschedule.exchange.fhir import FhirWeek, fhir_problem, fhir_schedule, import_fhir, read_fhir_schedule
from safeschedule.samples import generate
from tests.exchange.support import packed

WEEK = date(2026, 10, 5)
Plain = dict[str, Any]


def reference(text: str) -> Plain:
    return {"reference": text}


def coded(code: str) -> Plain:
    return {"coding": [{"system": "http://example.org", "code": code}]}


def resource(type_: str, id_: str, **elements: Any) -> Plain:
    return {"resourceType": type_, "id": id_, **elements}


def hours(*days: str, start: str = "09:00:00", end: str = "17:00:00") -> Plain:
    return {"daysOfWeek": list(days), "availableStartTime": start, "availableEndTime": end}


ROLE = resource(
    "PractitionerRole", "role", practitioner=reference("Practitioner/C1"), availableTime=[hours("mon", "tue")]
)
REQUEST = resource(
    "ServiceRequest",
    "R1",
    status="active",
    intent="order",
    subject=reference("Patient/K1"),
    code=coded("therapy"),
)
CLINIC = (
    resource("Practitioner", "C1", name=[{"family": "Careful"}], birthDate="1970-01-01"),
    ROLE,
    resource("HealthcareService", "therapy"),
    resource(
        "Patient", "K1", name=[{"family": "Chalmers"}], generalPractitioner=[reference("Practitioner/C1")]
    ),
    REQUEST,
)
BOOKED = resource(
    "Appointment",
    "A1",
    status="booked",
    serviceType=[coded("therapy")],
    start="2026-10-05T10:00:00+01:00",
    end="2026-10-05T11:00:00+01:00",
    participant=[
        {"actor": reference("Practitioner/C1"), "status": "accepted"},
        {"actor": reference("Patient/K1"), "status": "accepted"},
    ],
)


def bundle(*resources: Plain, **more: Any) -> Plain:
    entries = [{"resource": copy.deepcopy(each)} for each in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **more}


def clinic(*more: Plain, **changed: Plain) -> Plain:
    """Return the clinic with resources added, and others changed by their type."""
    own = [{**each, **changed.get(each["resourceType"], {})} for each in CLINIC]
    return bundle(*own, *more)


def read(source: Any, **options: Any) -> FhirWeek:
    given = {"week": WEEK, "time_zone": "Europe/London", "minutes": 60, "supervisors": ["C1"]}
    return import_fhir(source, **{**given, **options})


def refused(source: Any, **options: Any) -> list[tuple[str, str]]:
    """Return the codes and places of the faults for which something is refused."""
    with pytest.raises(InputError) as caught:
        read(source, **options)
    assert all(fault.expected for fault in caught.value.faults)
    return [(fault.code, fault.place) for fault in caught.value.faults]


def told(found: FhirWeek, place: str) -> str:
    """Return what is told of a place."""
    return " ".join(note for note in found.notes if note.startswith(place))


def test_a_clinic_of_another_program_is_read() -> None:
    """Otherwise an application would have to write a problem file itself."""
    problem = read(clinic()).problem
    (clinician,) = problem.clinicians
    assert [(p.day.value, p.start, p.end) for p in clinician.working] == [
        ("mon", 540, 1020),
        ("tue", 540, 1020),
    ]
    assert [(each.id, each.clinician) for each in problem.clients] == [("K1", "C1")]
    assert [(r.id, r.client, r.session_type, r.count) for r in problem.requests] == [
        ("R1", "K1", "therapy", 1)
    ]
    assert (problem.week_start, problem.time_zone) == (WEEK, "Europe/London")


def test_no_name_gets_in() -> None:
    """Otherwise names of clients would be in problem files, logs and calendars."""
    found = read(
        clinic(resource("Patient", "K2", text={"status": "generated", "div": "<div>Chalmers</div>"}))
    )
    assert "Chalmers" not in str(found.problem.to_dict()) + "".join(found.notes)
    assert "Careful" not in str(found.problem.to_dict()) + "".join(found.notes)
    assert "name" in told(found, "Patient:")


def test_each_way_into_a_file_is_the_same(tmp_path: Path) -> None:
    """Otherwise what a server exports in bulk would be another week than its Bundle."""
    lines = "\n".join(json.dumps(each) for each in CLINIC)
    (tmp_path / "all.ndjson").write_text(lines, encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    for number, each in enumerate(CLINIC):
        (folder / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
    whole = read(clinic()).problem
    assert read(tmp_path / "all.ndjson").problem == whole
    assert read(folder).problem == whole
    assert read(io.StringIO(json.dumps(clinic()))).problem == whole


def test_a_booked_appointment_is_pinned_and_booked() -> None:
    """Otherwise a session that the client knows of would be planned anew at another time."""
    found = read(clinic({**BOOKED, "basedOn": [reference("ServiceRequest/R1")]}))
    (pin,) = found.problem.pinned_appointments
    assert (pin.request, pin.clinician, str(pin.start)) == ("R1", "C1", "2026-10-05 10:00:00")
    assert len(found.problem.requests) == 1
    assert found.schedule
    assert [(a.request, a.minutes) for a in found.schedule.appointments] == [("R1", 60)]
    assert "pinned" in told(found, "Bundle.entry[5]")


@pytest.mark.parametrize(
    ("changed", "requests", "pins", "meetings"),
    [
        ({}, 2, 1, 0),
        ({"status": "pending"}, 2, 0, 0),
        ({"status": "cancelled"}, 1, 0, 0),
        ({"end": "2026-10-05T12:00:00+01:00"}, 1, 0, 1),
        ({"participant": BOOKED["participant"][:1]}, 1, 0, 1),
        ({"start": "2026-10-12T10:00:00Z", "end": "2026-10-12T11:00:00Z"}, 1, 0, 0),
        ({"serviceType": [coded("new")]}, 2, 1, 0),
    ],
    ids=["booked", "pending", "cancelled", "longer", "no patient", "next week", "new type"],
)
def test_what_becomes_of_an_appointment(changed: Plain, requests: int, pins: int, meetings: int) -> None:
    """Otherwise a booked time would be planned over, or a cancelled one kept."""
    problem = read(clinic({**BOOKED, **changed})).problem
    counted = (len(problem.requests), len(problem.pinned_appointments), len(problem.meetings))
    assert counted == (requests, pins, meetings)


def test_what_was_held_is_history() -> None:
    """Otherwise rules that look back, such as those on long weeks, would see nothing."""
    times = {"start": "2026-10-01T10:00:00+01:00", "end": "2026-10-01T11:00:00+01:00"}
    found = read(clinic({**BOOKED, **times, "status": "fulfilled"}))
    (past,) = found.problem.history.appointments
    assert (past.client, past.clinician, str(past.start), past.minutes) == (
        "K1",
        "C1",
        "2026-10-01 10:00:00",
        60,
    )


def test_an_appointment_without_a_time_is_a_request() -> None:
    """Otherwise what somebody asked for on a booking page would be lost."""
    asked = {k: v for k, v in BOOKED.items() if k not in ("start", "end")}
    period = [{"start": "2026-10-06", "end": "2026-10-09"}]
    found = read(clinic({**asked, "status": "proposed", "requestedPeriod": period}))
    last = found.problem.requests[-1]
    assert (last.client, str(last.earliest), str(last.latest)) == ("K1", "2026-10-06", "2026-10-09")


def slot(id_: str, status: str, start: str, end: str) -> Plain:
    times = {"start": f"2026-10-05T{start}:00+01:00", "end": f"2026-10-05T{end}:00+01:00"}
    return resource("Slot", id_, status=status, schedule=reference("Schedule/S1"), **times)


def test_slots_say_when_somebody_works_and_is_busy() -> None:
    """Otherwise nobody could be planned of a server that knows no hours but Slots."""
    diary = resource("Schedule", "S1", actor=[reference("Practitioner/C1")])
    slots = [
        slot("1", "free", "09:00", "10:00"),
        slot("2", "busy", "10:00", "11:00"),
        slot("3", "busy-unavailable", "11:00", "12:00"),
    ]
    own = [each for each in CLINIC if each["resourceType"] != "PractitionerRole"]
    found = read(bundle(*own, diary, *slots))
    (clinician,) = found.problem.clinicians
    assert [(p.day.value, p.start, p.end) for p in clinician.working] == [("mon", 540, 660)]
    assert [(str(each.start), str(each.end)) for each in clinician.leave] == [
        ("2026-10-05 11:00:00", "2026-10-05 12:00:00")
    ]
    assert [(each.minutes, each.clinicians) for each in found.problem.meetings] == [(60, ("C1",))]
    booked = {**BOOKED, "slot": [reference("Slot/2")]}
    assert read(bundle(*own, diary, *slots, booked)).problem.meetings == ()


def test_rooms_and_sites_are_told_apart() -> None:
    """Otherwise a building would be booked as a room."""
    physical = "http://terminology.hl7.org/CodeSystem/location-physical-type"

    def place(id_: str, kind: str, **more: Any) -> Plain:
        type_ = {"coding": [{"system": physical, "code": kind}]}
        return resource("Location", id_, status="active", physicalType=type_, **more)

    places = [place("north", "bu"), place("r1", "ro", partOf=reference("Location/north")), place("van", "ve")]
    role = {"PractitionerRole": {"location": [reference("Location/r1")]}}
    found = read(clinic(*places, **role))
    assert [each.id for each in found.problem.sites] == ["north"]
    assert [(each.id, each.site) for each in found.problem.rooms] == [("r1", "north")]
    assert found.problem.clinicians[0].sites == ("north",)
    assert "not read" in told(found, "Bundle.entry[7]")


def test_requests_say_when_and_how_often() -> None:
    """Otherwise a request for two sessions by Friday would be planned as one at any time."""
    wanted = {
        "priority": "urgent",
        "quantityQuantity": {"value": 2},
        "occurrencePeriod": {"start": "2026-10-05", "end": "2026-10-09"},
    }
    (request,) = read(clinic(ServiceRequest=wanted)).problem.requests
    assert (request.count, request.priority, str(request.latest)) == (2, 4, "2026-10-09")
    repeat = {"dayOfWeek": ["mon"], "frequency": 2, "period": 1, "periodUnit": "wk"}
    found = read(clinic(ServiceRequest={"occurrenceTiming": {"repeat": repeat}}))
    (request,) = found.problem.requests
    assert ([w.day.value for w in request.windows], request.count, request.every) == (["mon"], 2, 1)
    assert "read as" in told(found, "Bundle.entry[4]")


@pytest.mark.parametrize(
    "changed",
    [
        {"ServiceRequest": {"status": "revoked"}},
        {"ServiceRequest": {"doNotPerform": True}},
        {"ServiceRequest": {"intent": "option"}},
        {"ServiceRequest": {"occurrencePeriod": {"end": "2026-09-30"}}},
    ],
    ids=["revoked", "not to be done", "option", "over"],
)
def test_what_nobody_asks_for_is_left_out_and_told(changed: dict[str, Plain]) -> None:
    """Otherwise something would be planned that was called off."""
    found = read(clinic(**changed))
    assert found.problem.requests == ()
    assert "left out" in told(found, "Bundle.entry[4]")


def test_requests_to_a_server_without_resources_are_passed_over() -> None:
    """Otherwise a batch that also asks for something would be refused whole."""
    given = clinic()
    given["entry"] += [
        {"request": {"method": "GET", "url": "Patient"}},
        {"request": {"method": "DELETE", "url": "Patient/K1"}},
        {"response": {"status": "200"}},
    ]
    assert read(given).problem == read(clinic()).problem


def test_several_roles_of_one_person_are_one_clinician() -> None:
    """Otherwise somebody with two posts would be two people who can be booked at once."""
    second = {**ROLE, "id": "role2", "availableTime": [hours("fri")]}
    (clinician,) = read(clinic(second)).problem.clinicians
    assert [period.day.value for period in clinician.working] == ["mon", "tue", "fri"]


@pytest.mark.parametrize(
    ("times", "leave"),
    [
        ({"start": "2026-10-05", "end": "2026-10-06"}, ("2026-10-05 00:00:00", "2026-10-07 00:00:00")),
        ({"start": "2026-10", "end": "2026-10"}, ("2026-10-01 00:00:00", "2026-11-01 00:00:00")),
        ({"start": "2026-10-05T13:00:00Z"}, ("2026-10-05 14:00:00", "2199-12-31 00:00:00")),
    ],
    ids=["dates", "month", "open"],
)
def test_leave_ends_when_r4_says(times: Plain, leave: tuple[str, str]) -> None:
    """Otherwise the last day of somebody's leave would be planned."""
    away = [{"description": "away", "during": times}]
    (clinician,) = read(clinic(PractitionerRole={"notAvailable": away})).problem.clinicians
    assert [(str(each.start), str(each.end)) for each in clinician.leave] == [leave]


def test_hours_over_midnight_and_around_the_clock() -> None:
    """Otherwise a night would be read as nothing, or a day of 24 hours as none."""
    night = [hours("mon", start="21:00:00", end="07:00:00"), {"daysOfWeek": ["thu"], "allDay": True}]
    (clinician,) = read(clinic(PractitionerRole={"availableTime": night})).problem.clinicians
    found = {(p.day.value, p.start, p.end) for p in clinician.working}
    assert found == {("mon", 1260, 1440), ("tue", 0, 420), ("thu", 0, 1440)}


def test_references_are_followed_as_bundles_say() -> None:
    """Otherwise a Bundle of two servers would mix up their patients."""
    entries = clinic()["entry"]
    for entry in entries:
        own = entry["resource"]
        entry["fullUrl"] = f"https://one.example/fhir/{own['resourceType']}/{own['id']}"
    entries[3]["fullUrl"] = "urn:uuid:6e1b0d3c-0000-4000-8000-000000000001"
    entries[4]["resource"]["subject"] = reference(entries[3]["fullUrl"])
    entries[1]["resource"]["practitioner"] = reference("https://one.example/fhir/Practitioner/C1/_history/3")
    problem = read({"resourceType": "Bundle", "type": "searchset", "entry": entries}).problem
    assert [each.client for each in problem.requests] == ["K1"]
    assert [each.id for each in problem.clinicians] == ["C1"]


def test_what_another_program_has_changed_counts() -> None:
    """Otherwise a session that was moved in the record system would stay where our extension has it."""
    problem = generate(2, seed=1)
    week = packed(problem)
    made = fhir_problem(problem)
    requests = [e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == "ServiceRequest"]
    changed = next(each for each in requests if each.get("priority") == "routine")
    changed["priority"] = "stat"
    code = changed["identifier"][0]["value"]
    found = import_fhir(made)
    assert {r.id: r.priority for r in found.problem.requests}[code] == 5
    assert any("was changed" in note for note in found.notes)
    out = fhir_schedule(problem, week)
    moved = next(e["resource"] for e in out["entry"] if e["resource"]["resourceType"] == "Appointment")
    moved |= {"start": "2026-10-09T15:00:00+01:00", "end": "2026-10-09T16:00:00+01:00"}
    again = read_fhir_schedule(problem, out)
    assert "2026-10-09 15:00:00" in {str(each.start) for each in again.appointments}


def test_a_request_of_ours_that_was_revoked_is_left_out() -> None:
    """Otherwise what a record system has called off since would be planned, because we had written it."""
    problem = generate(2, seed=1)
    made = fhir_problem(problem)
    for entry in made["entry"]:
        if entry["resource"]["resourceType"] == "ServiceRequest":
            entry["resource"]["status"] = "revoked"
    assert import_fhir(made).problem.requests == ()


def test_appointments_of_other_programs_are_a_schedule() -> None:
    """Otherwise what was booked on a page could not be verified."""
    problem = read(clinic()).problem
    found = read_fhir_schedule(
        problem, bundle({**BOOKED, "basedOn": [reference("ServiceRequest/request-R1")]})
    )
    assert [(a.request, a.clients, a.clinicians, a.minutes) for a in found.appointments] == [
        ("R1", ("K1",), ("C1",), 60)
    ]


def test_a_local_time_that_the_clocks_skip_comes_back() -> None:
    """Otherwise a session at 01:30 in the night of the clock change would move by an hour."""
    problem = generate(2, seed=1).model_copy(update={"week_start": date(2026, 3, 23)})
    one = {
        "session_type": "s",
        "clients": ["K"],
        "clinicians": ["C"],
        "start": "2026-03-29T01:30",
        "minutes": 60,
    }
    week = Schedule.from_dict(
        {"week_start": "2026-03-23", "time_zone": problem.time_zone, "appointments": [one]}
    )
    assert problem.time_zone == "Europe/London"
    assert read_fhir_schedule(problem, fhir_schedule(problem, week)).to_dict() == week.to_dict()


@pytest.mark.parametrize("path", sorted(Problem.model_fields))
def test_every_field_of_a_problem_has_a_place(path: str) -> None:
    """Otherwise a new list of problems would be lost without a word."""
    from safeschedule.exchange.fhir.kinds import OF_PROBLEM
    from safeschedule.exchange.fhir.writing import _rest

    lists = {kind.path.partition(".")[0] for kind in OF_PROBLEM}
    assert path in lists or path in _rest({path: 1})


def examples() -> Path:
    default = Path(__file__).parents[3].parent / "shared" / "data"
    folder = Path(os.environ.get("SAFESCHEDULE_DATA", default)) / "fhir_r4"
    if not folder.is_dir():
        pytest.skip("the examples are not there; SAFESCHEDULE_DATA names the folder that has fhir_r4/")
    return folder


def test_every_official_example_is_read_or_refused_with_the_reason() -> None:
    """Otherwise a resource as HL7 shows it would end in a traceback, or be passed over in silence."""
    faults: list[Fault] = []
    for path in sorted(examples().glob("*.json")):
        try:
            found = read(path, week=date(2012, 2, 6), supervisors=[])
        except InputError as error:
            faults += error.faults
        else:
            assert found.problem.clinicians
            assert found.notes
    assert all(fault.place and fault.expected for fault in faults)
    assert {fault.code for fault in faults} == {"empty_team", "no_supervisor", "unknown_reference"}


def test_the_official_examples_together_are_a_problem() -> None:
    """Otherwise resources that refer to each other would be refused for want of each other."""
    found = read(examples(), week=date(2012, 2, 6), supervisors=["f001"])
    team = {clinician.id: clinician for clinician in found.problem.clinicians}
    assert [(p.day.value, p.start, p.end) for p in team["example"].working][:3] == [
        ("mon", 540, 990),
        ("tue", 540, 990),
        ("wed", 540, 990),
    ]
    assert team["example"].sites == ("1",)
    assert {"1", "hl7"} <= {site.id for site in found.problem.sites}
