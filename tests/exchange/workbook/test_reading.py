from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from safeschedule.errors import InputError
from safeschedule.exchange.structure.fields import lists, properties
from safeschedule.exchange.workbook import empty_workbook, workbook_problem
from safeschedule.exchange.workbook.layout.sheets import sheets, single_fields
from safeschedule.exchange.workbook.marking import marked_copy
from safeschedule.problem import Mode, Problem, Slot, Weekday

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

Fill = Callable[[Any], None]


def put(page: Any, *rows: dict[str, Any]) -> None:
    """Add rows below the last one of a sheet, by heading."""
    headings = {cell.value: cell.column for cell in page[1]}
    number = page.max_row + 1
    for row in rows:
        for heading, value in row.items():
            page.cell(number, headings[heading]).value = value
        number += 1


def setting(book: Any, name: str, value: Any) -> None:
    (row,) = (row for row in book["Week"].iter_rows(min_row=2) if row[0].value == name)
    row[1].value = value


def nothing(book: Any) -> None:
    """Leave a workbook as it is."""
    del book


def team(path: Path, fill: Fill = nothing) -> Path:
    """Write the workbook of a small team as people fill it in, and perhaps something more."""
    path.write_bytes(empty_workbook())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    setting(book, "Week start", date(2026, 10, 5))
    put(book["Team"], {"Code": "C1", "FTE": "0,8", "Skills": "emdr; cbt", "Supervises": "x"})
    put(book["Hours"], {"Who": "C1", "Day": "Mon-Fri", "Start": 9, "End": time(17)})
    put(book["Session types"], {"Code": "cbt", "Minutes": "60 min"})
    put(book["Clients"], {"Code": "K1", "Clinician": "C1", "Last seen": "17/09"})
    put(book["Requests"], {"Code": "R1", "Client": "K1", "Session type": "cbt", "Mode": "Zoom"})
    fill(book)
    book.save(path)
    return path


def faults(path: Path) -> list[str]:
    return [str(located.fault) for located in workbook_problem(path).faults]


def test_a_workbook_is_read_as_people_fill_it_in(tmp_path: Path) -> None:
    """Otherwise a coordinator would have to learn how computers write times."""
    reading = workbook_problem(team(tmp_path / "team.xlsx"))
    problem = reading.require()
    (clinician,) = problem.clinicians
    assert (str(clinician.fte), clinician.skills, clinician.is_supervisor) == ("0.8", ("emdr", "cbt"), True)
    assert [(period.day, period.start, period.end) for period in clinician.working] == [
        (day, 540, 1020) for day in list(Weekday)[:5]
    ]
    assert problem.clients[0].last_contact == date(2026, 9, 17)
    assert problem.requests[0].mode == "telehealth"
    assert reading.lines() == [
        'Team row 3 FTE (C): "0,8" is read as 0.8',
        'Team row 3 Supervises (J): "x" is read as yes',
        'Clients row 3 Last seen (N): "17/09" is read as 2026-09-17',
        'Requests row 3 Mode (L): "Zoom" is read as telehealth',
        'Session types row 3 Minutes (B): "60 min" is read as 60',
        'Hours row 3 Day (B): "Mon-Fri" is read as mon, tue, wed, thu, fri',
        "Hours row 3 Start (C): 9 is read as 09:00",
    ]


def test_all_faults_are_told_at_once_with_their_cells(tmp_path: Path) -> None:
    """Otherwise a team would mend one cell after the other, and read the file a hundred times."""

    def fill(book: Any) -> None:
        put(book["Clients"], {"Code": "K2", "Clinician": "C9", "Last seen": "08/10"})
        put(book["Clients"], *({"Code": f"L{n}", "Band": "severe"} for n in range(5)))
        put(book["Hours"], {"Who": "C7", "Day": "mon", "Start": "09:00", "End": "12:00"})
        put(book["Leave"], {"Who": "C1", "First day": "soon", "Last day": date(2026, 10, 9)})
        book["Team"]["C3"].value = "=1/0"
        book["Team"]["C3"].data_type = "e"
        book["Team"]["C3"].value = "#DIV/0!"

    path = team(tmp_path / "team.xlsx", fill)
    known = "the id of an acuity band"
    assert faults(path) == [
        "Team row 3 FTE (C) (clinician C1): found the error #DIV/0!; "
        "expected a number from 0.05 to 1 [bad_value]",
        'Hours row 4 Who (A): found "C7"; expected a code of the sheet Team or Attendants'
        " [unknown_reference]",
        'Leave row 3 First day (B) (clinician C1): found "soon"; '
        'expected a date such as "2026-10-05" [bad_value]',
        'Clients row 4 Clinician (D) (client K2): found "C9"; expected the id of a clinician'
        " [unknown_reference]",
        'Clients row 4 Last seen (N) (client K2): found "08/10"; expected a date such as "2026-10-05", '
        "or on the sheet Week the order in which dates are written [ambiguous]",
        *(
            f'Clients row {n} Band (B) (client L{n - 5}): found "severe"; expected {known}'
            " [unknown_reference]"
            for n in range(5, 10)
        ),
    ]
    with pytest.raises(InputError) as caught:
        workbook_problem(path).require()
    assert "Clients rows 5-9 Band (B)" in str(caught.value)


@pytest.mark.parametrize("style", ["General", "hh:mm", "[hh]:mm"])
def test_a_nine_in_a_cell_of_times_is_nine_o_clock(tmp_path: Path, style: str) -> None:
    """Otherwise whoever types 9 into a cell that shows times would get nine days, and no hours."""

    def fill(book: Any) -> None:
        book["Hours"]["C3"].value, book["Hours"]["C3"].number_format = 9, style

    reading = workbook_problem(team(tmp_path / "team.xlsx", fill))
    assert reading.require().clinicians[0].working[0].start == 9 * 60
    assert "Hours row 3 Start (C): 9 is read as 09:00" in reading.lines()


def test_the_order_of_dates_can_be_said(tmp_path: Path) -> None:
    """Otherwise 08/10 would be refused for ever."""

    def fill(book: Any) -> None:
        setting(book, "Dates are written", "day/month/year")
        put(book["Clients"], {"Code": "K2", "Last seen": "08/09"})

    assert workbook_problem(team(tmp_path / "a.xlsx", fill)).require().clients[1].last_contact == date(
        2026, 9, 8
    )


def test_what_a_client_asks_for_can_stand_beside_the_client(tmp_path: Path) -> None:
    """Otherwise every client would have to be typed twice."""

    def fill(book: Any) -> None:
        put(book["Clients"], {"Code": "K2", "Clinician": "C1", "Asks for": "cbt", "Usual slot": "Mon 9"})
        put(book["Waiting list"], {"Code": "W1", "Waiting since": "1 Sep", "Asks for": "cbt", "Mode": "F2F"})

    problem = workbook_problem(team(tmp_path / "team.xlsx", fill)).require()
    beside = problem.requests[1:]
    assert [(request.id, request.client) for request in beside] == [("K2", "K2"), ("W1", "W1")]
    assert beside[0].standing == Slot(day="mon", start="09:00")
    assert beside[1].mode == Mode.IN_PERSON
    assert problem.clients[2].waiting_since == date(2026, 9, 1)


def test_whole_days_of_leave_end_with_their_last_day(tmp_path: Path) -> None:
    """Otherwise the last day of a leave would go unprotected."""

    def fill(book: Any) -> None:
        put(book["Leave"], {"Who": "C1", "First day": date(2026, 10, 8), "Last day": date(2026, 10, 9)})
        put(
            book["Leave"],
            {"Who": "C1", "First day": date(2026, 10, 5), "From": "13:00", "Last day": "5 Oct 2026"},
        )

    leave = workbook_problem(team(tmp_path / "team.xlsx", fill)).require().clinicians[0].leave
    assert [(each.start, each.end) for each in leave] == [
        (datetime(2026, 10, 8), datetime(2026, 10, 10)),
        (datetime(2026, 10, 5, 13), datetime(2026, 10, 6)),
    ]


def test_columns_and_sheets_that_are_not_known_are_named(tmp_path: Path) -> None:
    """Otherwise somebody would believe that the column with the shoe sizes counts."""

    def fill(book: Any) -> None:
        book["Clients"].cell(1, 60).value = "Shoe size"
        book["Clients"].cell(3, 60).value = 44
        book["Clients"].cell(3, 62).value = "!"
        book.create_sheet("Notes")["A1"].value = "call the landlord"

    assert workbook_problem(team(tmp_path / "team.xlsx", fill)).aside == (
        'Clients: the column BH "Shoe size" is not read.',
        "Clients: the column BJ without a heading is not read.",
        "The sheet Notes is not read.",
    )


def test_sheets_rows_and_headings_are_found_where_they_are(tmp_path: Path) -> None:
    """Otherwise a title above the headings, a moved sheet, or a blank row would hide a client."""

    def fill(book: Any) -> None:
        page = book["Clients"]
        page.insert_rows(1, 3)
        page["A1"].value = "RIVERSIDE (upd. Sep)"
        page.cell(page.max_row + 3, 1).value = "K9"
        page["D4"].value = "therapist "
        page.row_dimensions[6].hidden = True
        book.move_sheet("Clients", -4)

    reading = workbook_problem(team(tmp_path / "team.xlsx", fill))
    assert [(client.id, client.clinician) for client in reading.require().clients] == [
        ("K1", "C1"),
        ("K9", None),
    ]
    assert "Clients: hidden rows are read like all others: 6." in reading.aside


def test_merged_cells_hold_for_all_their_rows_and_are_told(tmp_path: Path) -> None:
    """Otherwise only the first of the rows that somebody has merged would have an owner."""

    def fill(book: Any) -> None:
        page = book["Hours"]
        put(
            page,
            {"Who": "C1", "Day": "sat", "Start": "09:00", "End": "10:00"},
            {"Day": "sun", "Start": "09:00", "End": "10:00"},
        )
        page.merge_cells("A4:A5")

    reading = workbook_problem(team(tmp_path / "team.xlsx", fill))
    assert len(reading.require().clinicians[0].working) == 7
    assert (
        'Hours row 5 Who (A): an empty cell is read as "C1" of row 4, with which it is merged'
        in reading.lines()
    )


@pytest.mark.parametrize(
    ("value", "style", "code"),
    [
        ("0042", "@", "0042"),
        (42, "0000", "0042"),
        (42, "General", "42"),
        ("3E5", "@", "3E5"),
        (" K7 ", "@", "K7"),
    ],
)
def test_codes_stay_what_they_are(tmp_path: Path, value: Any, style: str, code: str) -> None:
    """Otherwise a client would be another one, because a spreadsheet likes numbers."""

    def fill(book: Any) -> None:
        cell = book["Clients"]["A4"]
        cell.value, cell.number_format = value, style

    assert workbook_problem(team(tmp_path / "team.xlsx", fill)).require().clients[1].id == code


@pytest.mark.parametrize(
    ("value", "style"), [(3e5, "0.00E+00"), (datetime(2026, 3, 1), "d-mmm"), (4.5, "General")]
)
def test_codes_that_a_spreadsheet_has_changed_are_refused(tmp_path: Path, value: Any, style: str) -> None:
    """Otherwise the code MAR1 would be a date, and 3E5 a number with five noughts."""

    def fill(book: Any) -> None:
        cell = book["Clients"]["A4"]
        cell.value, cell.number_format = value, style

    (fault,) = faults(team(tmp_path / "team.xlsx", fill))
    assert fault.startswith("Clients row 4 Code (A)")
    assert "format the cell as text" in fault


def test_a_formula_without_a_result_is_a_fault(tmp_path: Path) -> None:
    """Otherwise a cell that was never worked out would count as empty."""

    def fill(book: Any) -> None:
        book["Clients"]["C3"].value = "=1+1"

    (fault,) = faults(team(tmp_path / "team.xlsx", fill))
    assert "Clients row 3 Points (C)" in fault
    assert "formula without a result" in fault


def test_faults_are_comments_of_a_copy(tmp_path: Path) -> None:
    """Otherwise whoever mends a workbook would have to look up each cell by its letter."""

    def fill(book: Any) -> None:
        put(book["Clients"], {"Code": "K2", "Last seen": "08/10", "Band": "severe"})

    path = team(tmp_path / "team.xlsx", fill)
    before = path.read_bytes()
    (tmp_path / "marked.xlsx").write_bytes(marked_copy(path, workbook_problem(path).faults))
    assert path.read_bytes() == before
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Clients"]
    assert page["N4"].comment.text.startswith('Found "08/10"; expected a date')
    assert page["B4"].comment.text.startswith('Found "severe"; expected')
    assert page["A4"].comment is None
    assert page["A4"].value == "K2"


def test_no_field_of_a_problem_is_without_a_cell() -> None:
    """Otherwise a field that is added to the problem would be lost on its way through the workbook."""
    tables = {table.entries.path: table for sheet in sheets() for table in sheet.tables}
    assert set(lists()) <= set(tables)
    single = {field.name for field in single_fields()}
    for own in properties("Problem"):
        if not own.inner:
            assert own.name in single
    nested = {path for path, table in tables.items() if table.parent}
    for path, table in tables.items():
        if table.parent:
            continue
        model = next(own for own in properties("Problem") if own.name == path.partition(".")[0]).inner
        if "." in path:
            model = next(own for own in properties(model) if own.name == path.partition(".")[2]).inner
        columns = {field.name for field in table.fields if not field.beside}
        elsewhere = {each.partition(".")[2] for each in nested if each.startswith(f"{path}.")}
        assert {own.name for own in properties(model)} == columns | elsewhere


def test_a_list_that_is_not_declared_gets_a_sheet_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a new list of the problem would have to be declared before it survives."""
    from safeschedule.exchange.workbook.layout import sheets as layout

    monkeypatch.setattr(layout, "PLANS", tuple(plan for plan in layout.PLANS if plan.title != "Incidents"))
    (own,) = (plan for plan in layout._undeclared())
    sheet = layout._sheet(own)
    assert [field.name for field in sheet.fields] == [own.name for own in properties("Incident")]


def test_an_empty_workbook_asks_for_what_it_needs(tmp_path: Path) -> None:
    """Otherwise a workbook that nobody has filled in would be planned as a week without anybody."""
    path = tmp_path / "team.xlsx"
    path.write_bytes(empty_workbook())
    assert faults(path) == [
        "Week row 4 Week start (B): expected this field; it has no default [missing_field]"
    ]
    assert Problem.model_fields["week_start"].is_required()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_workbook"),
        (b"{}", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_workbook"),
        (b"PK\x03\x04" + b"\0" * 40, "not_a_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    """Otherwise a broken file would end in a traceback of a library."""
    path = tmp_path / "team.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        workbook_problem(path)
    assert caught.value.faults[0].code == code


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """Otherwise half a file would be half a team."""
    whole = empty_workbook()
    path = tmp_path / "team.xlsx"
    for part in range(1, 10):
        path.write_bytes(whole[: len(whole) * part // 10])
        with pytest.raises(InputError):
            workbook_problem(path)


def test_a_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Otherwise whoever has not installed the extra would read of an import that failed."""
    import sys

    path = team(tmp_path / "team.xlsx")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(InputError) as caught:
        workbook_problem(path)
    assert 'pip install "safeschedule[excel]"' in str(caught.value)
