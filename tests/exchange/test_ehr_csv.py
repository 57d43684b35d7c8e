from __future__ import annotations

import os
import re
import shutil
import tomllib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from safeschedule.errors import InputError
from safeschedule.exchange.ehr_csv import Mapping, import_ehr_csv
from safeschedule.exchange.ehr_csv.mapping import VISIT_TYPES, ClientMapping, ClinicianMapping
from safeschedule.exchange.ehr_csv.records import RECORDS
from safeschedule.problem import AllowedMode, Intensity, Kind, Mode, Slot, Weekday
from safeschedule.verifier import verify

SMALL = Path(__file__).parent / "data" / "ehr_small"
WEEK = date(2026, 6, 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "export"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def refused(folder: Path, mapping: Mapping | Path | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        import_ehr_csv(folder, WEEK, mapping)
    return [str(fault) for fault in caught.value.faults]


def test_week_begins_on_the_monday_of_the_date_given() -> None:
    """Otherwise a team that types a Wednesday would plan from Wednesday to Tuesday."""
    problem, schedule = import_ehr_csv(SMALL, WEEK)
    assert problem.week_start == schedule.week_start == date(2026, 6, 8)


def test_planned_visits_become_requests_with_their_bookings() -> None:
    """Otherwise a planned visit would be lost, or planned with another clinician than booked."""
    problem, schedule = import_ehr_csv(SMALL, WEEK)
    first, second, _ = problem.requests
    assert [request.id for request in problem.requests] == ["V1", "V2", "V3"]
    assert (first.client, first.clinician, first.skills, first.site) == ("001", "S02", ("OUT",), "North")
    assert (first.mode, second.mode) == (AllowedMode.IN_PERSON, AllowedMode.TELEHEALTH)
    assert (second.site, second.priority) == (None, 5)
    booked = schedule.appointments[1]
    assert (booked.start, booked.minutes, booked.mode) == (datetime(2026, 6, 9, 10), 90, Mode.TELEHEALTH)
    assert not schedule.blocks


def test_request_booked_outside_the_programme_is_open_to_who_has_it() -> None:
    """Otherwise a booking with an unqualified clinician could never be placed, though a colleague can."""
    problem, schedule = import_ehr_csv(SMALL, WEEK)
    request = problem.requests[2]
    assert (request.clinician, request.skills) == (None, ("OUT",))
    assert schedule.appointments[2].clinicians == ("S03",)
    assert "qualification" in {finding.rule for finding in verify(problem, schedule).findings}


def test_supervisors_are_those_of_the_week() -> None:
    """Otherwise a supervision that ended would still be planned, or a current one forgotten."""
    problem, _ = import_ehr_csv(SMALL, WEEK)
    assert {c.id: (c.supervisor, c.is_supervisor) for c in problem.clinicians} == {
        "S01": (None, True),
        "S02": ("S01", False),  # the dated row has ended, so the staff file counts
        "S03": ("S01", False),  # the dated row counts, not the staff file
    }


def test_clients_have_band_own_clinician_and_last_contact() -> None:
    """Otherwise caseloads would be wrong, and with them caps, supervision and priorities."""
    problem, _ = import_ehr_csv(SMALL, WEEK)
    found = {c.id: (c.band, c.clinician, c.last_contact) for c in problem.clients}
    assert found == {
        "001": ("moderate", "S02", date(2026, 6, 2)),  # S02 completed two of three
        "002": ("high", "S01", None),  # booked with S01; a no-show is no contact
        "003": ("moderate", "S03", None),  # booked with S03; a canceled visit is no contact
    }


def test_history_holds_the_completed_visits_of_the_week_before() -> None:
    """Otherwise exposure and spacing across the week's edge would not be seen."""
    problem, _ = import_ehr_csv(SMALL, WEEK)
    assert [(past.client, past.minutes) for past in problem.history.appointments] == [("001", 60)]


def test_session_types_carry_kind_intensity_and_length() -> None:
    """Otherwise crisis work would count as ordinary, or sessions would have another length than booked."""
    problem, _ = import_ehr_csv(SMALL, WEEK)
    types = {t.id: (t.minutes, t.kind, t.intensity) for t in problem.session_types}
    assert types == {
        "Crisis Intervention": (90, Kind.CRISIS, Intensity.HIGH),
        "Individual Therapy": (60, Kind.THERAPY, Intensity.MODERATE),
        "Individual Therapy (45 min)": (45, Kind.THERAPY, Intensity.MODERATE),
    }


def test_booked_times_are_wanted_only_inside_the_hours() -> None:
    """Otherwise a Saturday booking would cost stability that no safe week can avoid."""
    problem, _ = import_ehr_csv(SMALL, WEEK)
    assert [request.standing for request in problem.requests] == [
        Slot(day=Weekday.TUE, start=600),
        Slot(day=Weekday.TUE, start=600),
        None,
    ]


@pytest.mark.parametrize(("week", "grid"), [(WEEK, 15), (date(2026, 6, 23), 5)])
def test_grid_is_the_one_that_the_week_needs(week: date, grid: int) -> None:
    """Otherwise a start at ten to ten could not be kept, or every week would be as slow as the finest."""
    assert import_ehr_csv(SMALL, week)[0].grid == grid


def test_no_names_and_dates_of_birth_leave_the_importer() -> None:
    """Otherwise clients' identities would reach files, calendars and pages."""
    problem, schedule = import_ehr_csv(SMALL, WEEK)
    text = problem.model_dump_json() + schedule.model_dump_json()
    assert "Secret" not in text
    assert "1990-01-01" not in text


def test_names_are_not_told_in_faults_of_a_file_without_header(folder: Path) -> None:
    """Otherwise an error message, which people mail around, would name a client."""
    edit(folder, "individuals.csv", "individual_id,full_name,date_of_birth,sex\n", "")
    text = "\n".join(refused(folder))
    assert "individuals.csv row 1: expected a column individual_id [missing_column]" in text
    assert "Secret" not in text


def test_files_that_are_not_needed_may_be_missing(folder: Path) -> None:
    """Otherwise a system that exports five tables could not be used at all."""
    for name in (
        "employee_supervision",
        "programs",
        "employee_programs",
        "individuals",
        "individual_programs",
    ):
        (folder / f"{name}.csv").unlink()
    problem, _ = import_ehr_csv(folder, WEEK)
    assert [request.skills for request in problem.requests] == [(), (), ()]
    assert {client.id for client in problem.clients} == {"001", "002", "003"}


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "visits.csv",
            "2026-06-09T10:00,60",
            "9.6.2026,60",
            "visits.csv row 7 scheduled_start: found 9.6.2026",
        ),
        ("visits.csv", "2026-06-09T10:00,60", "2026-06-31T10:00,60", "row 7 scheduled_start"),
        (
            "visits.csv",
            "10:00,60,2026",
            "10:00,-60,2026",
            "visits.csv row 4 scheduled_duration_minutes: found -60",
        ),
        (
            "visits.csv",
            "V1,001",
            "V1,999",
            "visits.csv row 7 individual_id: found 999; expected an id of individuals",
        ),
        ("visits.csv", "V1,001,10,S02", "V1,001,10,S99", "row 7 employee_id: found S99"),
        (
            "visits.csv",
            "V2,",
            "V1,",
            "visits.csv row 8 visit_id: found V1; expected a value of its own (row 7",
        ),
        ("visits.csv", "S02,A,N,SCHEDULED", "S02,A,N,PLANNED", "row 7 visit_status: found PLANNED"),
        ("visits.csv", "V1,001", "V1,,001", "visits.csv row 7: found 13 cells; expected 12 cells"),
        ("visits.csv", "scheduled_start", "start", "visits.csv row 1: expected a column scheduled_start"),
        ("visits.csv", "V2,002,20", "V2,002,", "visits.csv row 8 program_id: expected an id of programs.csv"),
        (
            "visits.csv",
            "09:30,45",
            "09:30,47",
            "scheduled_duration_minutes: found 47; expected a multiple of 5",
        ),
        (
            "employees.csv",
            "S03,Secret Name Three,S02",
            "S03,x,S77",
            "employees.csv row 4 supervisor_id: found S77",
        ),
        ("employees.csv", "S03,Secret Name Three,S02", "S03,x,S03", "[own_supervisor]"),
        ("employee_supervision.csv", "2026-06-01,\n", "2026-06-01,2026-05-01\n", "row 3 end_date"),
        (
            "visit_types.csv",
            "Individual Therapy",
            "Drumming",
            "visit_types.csv row 2 description: found Drumming",
        ),
        ("visit_types.csv", "Crisis Intervention", "individual therapy", "[duplicate]"),
        ("locations.csv", "N,North", 'N,"North', "[not_csv]"),
    ],
)
def test_each_fault_says_where_it_is(folder: Path, file: str, old: str, new: str, expected: str) -> None:
    """Otherwise people would have to search hundreds of rows for what is wrong."""
    edit(folder, file, old, new)
    assert any(expected in fault for fault in refused(folder)), refused(folder)


def test_all_faults_come_at_once(folder: Path) -> None:
    """Otherwise a team would mend one cell, try again, and mend the next."""
    (folder / "locations.csv").unlink()
    edit(folder, "visits.csv", "2026-06-09T10:00,60", "tomorrow,60")
    edit(folder, "employees.csv", "S01,Secret Name One,", ",Secret Name One,")
    mapping = folder / "mapping.toml"
    mapping.write_text('time_zone = "Middle Earth"\nholiday = 3\n', encoding="utf-8")
    places = [fault.split(":")[0] for fault in refused(folder, mapping)]
    assert places == [
        "employees.csv row 2 employee_id",
        "locations.csv",
        "visits.csv row 7 scheduled_start",
        "mapping.toml time_zone",
        "mapping.toml holiday",
    ]


def test_a_file_that_is_not_utf8_says_so(folder: Path) -> None:
    """Otherwise a spreadsheet's old character set would end in a traceback."""
    path = folder / "employees.csv"
    path.write_bytes(path.read_bytes().replace(b"Two", b"Tw\xf6"))
    assert (
        "employees.csv: found text in another encoding, probably Windows-1252, at line 3"
        in refused(folder)[0]
    )


def test_semicolons_and_byte_order_mark_are_read(folder: Path) -> None:
    """Otherwise files saved again by a spreadsheet could not be imported."""
    for path in folder.glob("*.csv"):
        path.write_bytes(path.read_text(encoding="utf-8").replace(",", ";").encode("utf-8-sig"))
    assert import_ehr_csv(folder, WEEK) == import_ehr_csv(SMALL, WEEK)


@pytest.mark.parametrize(
    ("day", "nearest"), [(date(2026, 6, 1), "2026-06-08"), (date(2026, 6, 17), "2026-06-22")]
)
def test_a_week_without_visits_names_the_nearest_with(day: date, nearest: str) -> None:
    """Otherwise nobody would know which week to ask for."""
    with pytest.raises(InputError, match=f"begins on {nearest}"):
        import_ehr_csv(SMALL, day)


def test_mapping_changes_what_the_export_cannot_say(tmp_path: Path) -> None:
    """Otherwise part-timers, flags and rooms could not be told."""
    path = tmp_path / "mapping.toml"
    path.write_text(
        """
time_zone = "Europe/London"
rulebook = "trauma"
[hours]
mon = ["09:00-12:00", "13:00-17:00"]
[rooms]
North = 2
[visit_types."individual therapy"]
intensity = "high"
trauma_processing = true
[clinicians.S02]
fte = 0.5
new_in_post = true
[clients.001]
band = "very_high"
flags = ["coordination"]
clinician = "S01"
""",
        encoding="utf-8",
    )
    problem, _ = import_ehr_csv(SMALL, WEEK, path)
    clinician, client = problem.clinicians[1], problem.clients[0]
    assert (problem.time_zone, problem.rulebook.name, len(problem.rooms)) == ("Europe/London", "trauma", 2)
    assert [(p.day, p.start, p.end) for p in clinician.working] == [("mon", 540, 720), ("mon", 780, 1020)]
    assert (clinician.fte, clinician.contracted_minutes) == (Decimal("0.5"), 1200)
    assert (client.band, client.clinician, client.flags) == ("very_high", "S01", ("coordination",))
    assert all(t.intensity == Intensity.HIGH for t in problem.session_types)


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({"clinicians": {"S99": {}}}, "mapping clinicians: found S99; expected an employee_id in the export"),
        ({"clients": {"999": {}}}, "mapping clients: found 999"),
        ({"rooms": {"Nort": 3}}, "mapping rooms: found Nort"),
        ({"visit_types": {"Crisis Intervetion": {}}}, "mapping visit_types: found crisis intervetion"),
        ({"band": "purple"}, "mapping band: found purple; expected one of low, moderate, high, very_high"),
    ],
)
def test_mapping_names_only_what_the_export_holds(mapping: dict[str, object], expected: str) -> None:
    """Otherwise a misspelt code would leave a default in force without a word."""
    assert any(expected in fault for fault in refused(SMALL, Mapping.model_validate(mapping)))


def test_durations_off_the_grid_are_rounded_up_where_the_mapping_says_so(folder: Path) -> None:
    """Otherwise a service with 53-minute sessions could not be imported."""
    edit(folder, "visits.csv", "09:30,45", "09:30,53")
    problem, schedule = import_ehr_csv(folder, WEEK, Mapping(round_minutes_up=True))
    assert schedule.appointments[2].minutes == 55
    assert problem.grid == 5


def test_imported_problem_has_no_faults() -> None:
    """Otherwise an import that went well would be refused by the solver."""
    faults = pytest.importorskip("safeschedule.problem.faults", reason="the fault finder is not there yet")
    assert list(faults.find(import_ehr_csv(SMALL, WEEK)[0])) == []


@pytest.mark.parametrize(
    ("week", "visits"), [(date(2026, 10, 5), 17), (date(2026, 10, 12), 21), (date(2026, 10, 19), 25)]
)
def test_weeks_of_the_large_export(week: date, visits: int) -> None:
    """Otherwise the weeks of an export that others made would not be read, or be taken for safe."""
    default = Path(__file__).parents[2].parent / "shared" / "data"
    folder = Path(os.environ.get("SAFESCHEDULE_DATA", default)) / "ehr_export"
    if not folder.is_dir():
        pytest.skip("the export is not there; SAFESCHEDULE_DATA names the folder that has ehr_export/")
    problem, schedule = import_ehr_csv(folder, week)
    assert len(problem.requests) == len(schedule.appointments) == visits
    assert (len(problem.clinicians), len(problem.clients)) == (14, 150)
    account = verify(problem, schedule)
    assert not account.compliant
    assert {"consistency"} & {finding.rule for finding in account.findings} == set()
    if week == date(2026, 10, 5):
        broken = {finding.rule for finding in account.findings if finding.hard}
        assert {"no_overlap", "working_hours", "documentation", "consultation"} <= broken


def documented(page: str) -> str:
    return (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")


def test_reference_page_names_every_column_and_field() -> None:
    """Otherwise people would have to read the code to find out which columns to export."""
    page = documented("reference/ehr-csv.md")
    for record in RECORDS:
        assert record.file in page
        for column in record.columns:
            assert column.name in page
    for field in (*Mapping.model_fields, *ClinicianMapping.model_fields, *ClientMapping.model_fields):
        assert f"`{field}`" in page
    for description, entry in VISIT_TYPES.items():
        assert f"| {description} | {entry.kind} | {entry.intensity} | {entry.priority} |" in page.lower()


@pytest.mark.parametrize("page", ["reference/ehr-csv.md", "howto/import-ehr-csv.md"])
def test_examples_of_mapping_files_are_valid(page: str) -> None:
    """Otherwise a copied example would be refused."""
    for example in re.findall(r"```toml\n(.*?)```", documented(page), re.DOTALL):
        Mapping.model_validate(tomllib.loads(example))
