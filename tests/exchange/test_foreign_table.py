from __future__ import annotations

import tomllib
import warnings
from datetime import date
from pathlib import Path

import pytest

from safeschedule.errors import InputError
from safeschedule.exchange.foreign_table import filled, proposal, read_table, read_table_mapping
from safeschedule.exchange.workbook import empty_workbook, workbook_problem
from safeschedule.exchange.workbook.layout.sheets import Sheet, sheets
from safeschedule.exchange.workbook.meaning import Habits
from safeschedule.exchange.workbook.reading import codes_and_habits
from safeschedule.problem import warnings as of_problems
from tests.cli.conftest import run
from tests.exchange.workbook.test_reading import put, setting

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

CLIENTS = """Caseload September,,,,,,
,,,,,,
Client,Therapist,Risk,Sees for,How often,Usual slot,Can come,F2F/Zoom,Last seen,Comments
K1,KB,mod.,CBT,every 2 wks,Mon 9,not Fri,Zoom,17/09/26,=see notes
K2 ,KB,v high,CBT,2x wk,Tue 3.15,after 3pm,F2F,08/09,
K3,KB,odd,CBT,weekly,Wed 9,any,either,30 Sep,+447700900123 – text first
ask reception,,,,,,,,,
"""
"""As a clinic keeps it, in the encoding of its computers."""


def sheet(title: str) -> Sheet:
    (found,) = (each for each in sheets() if each.title == title)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clients.csv").write_bytes(CLIENTS.encode("cp1252"))
    path = tmp_path / "team.xlsx"
    path.write_bytes(empty_workbook())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    setting(book, "Week start", date(2026, 10, 5))
    setting(book, "Dates are written", "day/month/year")
    setting(book, "Hours from 1 to 6", "afternoon")
    put(book["Team"], {"Code": "KB", "Hours": "mon-fri 9-5", "Supervises": "yes"})
    put(book["Session types"], {"Code": "CBT", "Minutes": 60})
    book.save(path)
    return tmp_path


def mapping_text(folder: Path) -> str:
    table = read_table(folder / "clients.csv")
    return proposal(table, sheet("Clients"), *codes_and_habits(folder / "team.xlsx"))


def test_a_table_is_found_below_its_title_in_whatever_encoding(folder: Path) -> None:
    """Otherwise the title of a list would be a client, or an old computer's list could not be read."""
    table = read_table(folder / "clients.csv")
    assert table.headings[:3] == ("Client", "Therapist", "Risk")
    assert [number for number, _ in table.rows] == [4, 5, 6]
    assert table.notes == (
        "clients.csv is not in UTF-8, and is read as Windows-1252.",
        'Row 7 has one cell only, and is left out: "ask reception"',
    )


def test_a_mapping_is_proposed_from_headings_and_words(folder: Path) -> None:
    """Otherwise somebody would have to know the names of all columns to bring in a list."""
    text = mapping_text(folder)
    data = tomllib.loads(text)
    assert data["columns"] == {
        "Client": "Code",
        "Therapist": "Clinician",
        "Risk": "Band",
        "Sees for": "Asks for",
        "How often": "Every (weeks)",
        "Usual slot": "Usual slot",
        "Can come": "Can come",
        "F2F/Zoom": "Mode",
        "Last seen": "Last seen",
        "Comments": "",
    }
    assert data["values"]["Risk"] == {"mod.": "moderate", "v high": "very_high", "odd": "?"}
    assert data["values"]["How often"]["every 2 wks"] == 2


def test_what_is_left_open_in_a_mapping_is_a_fault(folder: Path) -> None:
    """Otherwise a ? would become a client's band."""
    (folder / "map.toml").write_text(mapping_text(folder).replace('"Mode"', '"Mood"'), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table_mapping(folder / "map.toml", read_table(folder / "clients.csv"), sheet("Clients"))
    assert [fault.code for fault in caught.value.faults] == ["unknown_column", "open"]


def test_the_rows_of_a_table_become_clients_and_requests(folder: Path) -> None:
    """Otherwise a clinic's own list would have to be typed again."""
    (folder / "map.toml").write_text(mapping_text(folder).replace('"?"', '"low"'), encoding="utf-8")
    table = read_table(folder / "clients.csv")
    mapping = read_table_mapping(folder / "map.toml", table, sheet("Clients"))
    data, count = filled(folder / "team.xlsx", sheet("Clients"), table, mapping)
    (folder / "new.xlsx").write_bytes(data)
    reading = workbook_problem(folder / "new.xlsx")
    problem = reading.require()
    assert count == 3
    assert [(client.id, client.band) for client in problem.clients] == [
        ("K1", "moderate"), ("K2", "very_high"), ("K3", "low"),
    ]  # fmt: skip
    assert [(request.count, request.every) for request in problem.requests] == [(1, 2), (2, 1), (1, 1)]
    assert problem.requests[1].standing is None
    assert problem.clients[1].last_contact == date(2026, 9, 8)
    assert 'Clients row 3 Usual slot (W): "Mon 9" is read as mon 09:00' in reading.lines()


def test_usual_times_outside_the_clients_windows_are_told(folder: Path) -> None:
    """Otherwise a time that nobody can keep would be asked for week after week."""
    text = CLIENTS.replace("every 2 wks,Mon 9,not Fri", "every 2 wks,Fri 9,not Fri")
    (folder / "clients.csv").write_bytes(text.encode("cp1252"))
    (folder / "map.toml").write_text(mapping_text(folder).replace('"?"', '"low"'), encoding="utf-8")
    table = read_table(folder / "clients.csv")
    mapping = read_table_mapping(folder / "map.toml", table, sheet("Clients"))
    (folder / "new.xlsx").write_bytes(filled(folder / "team.xlsx", sheet("Clients"), table, mapping)[0])
    problem = workbook_problem(folder / "new.xlsx").require()
    told = [(each.code, each.of) for each in of_problems.find(problem)]
    assert told.count(("standing_outside_windows", "request K1")) == 1
    assert ("standing_outside_windows", "request K3") not in told


@pytest.mark.slow
def test_the_command_proposes_and_fills(folder: Path) -> None:
    """Otherwise a list could be brought in by a program only."""
    first = ("import", "table", "clients.csv", "--as", "clients", "--into", "team.xlsx")
    assert run(*first, "--propose", "map.toml", cwd=folder).returncode == 0
    assert run(*first, "--map", "map.toml", "-o", "new.xlsx", cwd=folder).returncode == 2
    text = (folder / "map.toml").read_text(encoding="utf-8")
    (folder / "map.toml").write_text(text.replace('"?"', '"low"'), encoding="utf-8")
    done = run(*first, "--map", "map.toml", "-o", "new.xlsx", cwd=folder)
    assert done.returncode == 0
    assert "3 rows added to the sheet Clients." in done.stdout
    assert run("import", "xlsx", "new.xlsx", "-o", "problem.json", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--map", "map.toml"),
        ("--propose", "a.toml", "--map", "b.toml", "-o", "c.xlsx"),
        ("--propose", "clients.csv"),
        ("--map", "map.toml", "-o", "team.xlsx"),
    ],
    ids=" ".join,
)
def test_bad_use_changes_nothing(folder: Path, more: tuple[str, ...]) -> None:
    """Otherwise the clinic's list or its workbook would be written over."""
    (folder / "map.toml").write_text("[columns]\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    first = ("import", "table", "clients.csv", "--as", "clients", "--into", "team.xlsx")
    assert run(*first, *more, cwd=folder).returncode == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_members_of_a_group_can_ask_in_its_row_and_hours_can_name_their_site(folder: Path) -> None:
    """Otherwise each member would need a row of requests, and a day at another site one of hours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(folder / "team.xlsx")
    put(book["Rooms and sites"], {"What": "site", "Code": "north"})
    put(book["Team"], {"Code": "TS", "Hours": "mon 9-12 @ north; tue 9-12"})
    put(book["Clients"], {"Code": "K1"}, {"Code": "K2"})
    put(book["Session types"], {"Code": "skills", "Minutes": 60, "Kind": "group", "Largest": 8})
    put(book["Groups"], {"Code": "G", "Session type": "skills", "Members": "K1 K2", "Members ask": "yes"})
    book.save(folder / "team.xlsx")
    problem = workbook_problem(folder / "team.xlsx").require()
    assert [(r.id, r.client, r.group) for r in problem.requests] == [("G K1", "K1", "G"), ("G K2", "K2", "G")]
    assert [period.site for period in problem.clinicians[1].working] == ["north", None]


STAFF = """Code,Post,Base,Can do,Supervised by
KB,Lead,North,"EMDR, CBT",—
TS,Worker,"Nor M/T/F, Southside W/Th",EMDR CBT,KB
AO,Worker,North (Weds Southside),case work,KB
"""


def test_sites_by_day_and_lists_without_commas_are_proposed_as_the_workbook_reads_them(folder: Path) -> None:
    """Otherwise "EMDR CBT" would be one skill that nobody asks for, and rooms be sought at the wrong site."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(folder / "team.xlsx")
    put(
        book["Rooms and sites"],
        {"What": "site", "Code": "North"},
        {"What": "site", "Code": "Southside"},
        {"What": "room", "Code": "North 1", "Site": "North"},
    )
    book.save(folder / "team.xlsx")
    (folder / "staff.csv").write_text(STAFF, encoding="utf-8")
    table = read_table(folder / "staff.csv")
    values = tomllib.loads(proposal(table, sheet("Team"), *codes_and_habits(folder / "team.xlsx")))["values"]
    assert values["Base"] == {
        "Nor M/T/F, Southside W/Th": "North mon/tue/fri, Southside wed/thu",
        "North (Weds Southside)": "North, Southside wed",
    }
    assert values["Can do"] == {
        "EMDR, CBT": "EMDR, CBT", "EMDR CBT": "EMDR, CBT", "case work": "case work"
    }  # fmt: skip
    assert values["Supervised by"]["—"] == ""


def test_sites_by_day_go_into_hours_that_name_none(folder: Path) -> None:
    """Otherwise whoever is at two sites would have to type a row of hours for each day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(folder / "team.xlsx")
    put(book["Rooms and sites"], {"What": "site", "Code": "North"}, {"What": "site", "Code": "South"})
    put(
        book["Team"],
        {"Code": "TS", "Hours": "mon-tue 9-12; wed 9-12 @ North", "Sites": "North, South tue/wed"},
        {"Code": "PW", "Sites": "South mon"},
    )
    put(book["Hours"], {"Who": "PW", "Day": "mon-tue", "Start": "09:00", "End": "12:00"})
    book.save(folder / "team.xlsx")
    reading = workbook_problem(folder / "team.xlsx")
    team = {person.id: person for person in reading.require().clinicians}
    assert [period.site for period in team["TS"].working] == ["North", "South", "North"]
    assert team["TS"].sites == ("North", "South")
    assert [period.site for period in team["PW"].working] == ["South", None]
    assert any("Sites (G)" in line and "by day: North, South tue/wed" in line for line in reading.lines())


def test_headings_that_come_twice_are_numbered_and_told(tmp_path: Path) -> None:
    """Otherwise a rota with four Mondays, or a list with two columns of notes, could not be looked at."""
    (tmp_path / "rota.csv").write_text("Code,Mon,Tue,Mon,Mon\nC1,a,b,c,d\n", encoding="utf-8")
    table = read_table(tmp_path / "rota.csv")
    assert table.headings == ("Code", "Mon", "Tue", "Mon (2)", "Mon (3)")
    assert table.notes == ('Headings that came before are numbered: "Mon (2)", "Mon (3)".',)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"a": 1}', "JSON"),
        (b"\xef\xbb\xbf\n[1, 2]", "JSON"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"BEGIN:VCALENDAR", "calendar"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(tmp_path: Path, data: bytes, kind: str) -> None:
    """Otherwise an export of another kind would be told to lack headings."""
    (tmp_path / "export.csv").write_bytes(data + b"\n1,2\n")
    with pytest.raises(InputError) as caught:
        read_table(tmp_path / "export.csv")
    assert [(fault.code, kind in fault.value) for fault in caught.value.faults] == [("not_a_table", True)]


def test_columns_without_a_heading_are_called_by_their_letter(tmp_path: Path) -> None:
    """Otherwise codes below an empty heading, or what a comma too many pushed aside, would be lost."""
    (tmp_path / "rota.csv").write_text(",Mon,Wed,,Tue\nC1,a,b,,c\nC2,a,b,,c,extra\n", encoding="utf-8")
    table = read_table(tmp_path / "rota.csv")
    assert table.headings == ("Column A", "Mon", "Wed", "", "Tue", "Column F")
    assert table.notes == ('Columns without a heading are called by their letter: "Column A", "Column F".',)
    text = proposal(table, sheet("Team"), {}, Habits())
    assert list(tomllib.loads(text)["columns"]) == ["Column A", "Mon", "Wed", "Tue", "Column F"]


def test_empty_columns_without_a_heading_are_no_columns(tmp_path: Path) -> None:
    """Otherwise each table that was saved with commas at its end would have columns to be looked over."""
    (tmp_path / "rota.csv").write_text("Code,Mon,,\nC1,a,,\nC2,b,,,\n", encoding="utf-8")
    table = read_table(tmp_path / "rota.csv")
    assert (table.headings, table.notes) == (("Code", "Mon", "", ""), ())


def test_a_mapping_that_brings_nothing_in_is_a_fault(folder: Path) -> None:
    """Otherwise a workbook to which nothing was added would look like one with the list in it."""
    table, path = read_table(folder / "clients.csv"), folder / "map.toml"
    path.write_text('[columns]\n"Client" = ""\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_table_mapping(path, table, sheet("Clients"))
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [("nothing_mapped", "columns")]
    for one in ('[columns]\n"Client" = "Code"\n', '[values."Client"]\n"K1" = { "Code" = "K1" }\n'):
        path.write_text(one, encoding="utf-8")
        assert read_table_mapping(path, table, sheet("Clients"))
