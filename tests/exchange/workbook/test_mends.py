"""Ways to mend a workbook that are offered: each is real, and none is taken by itself."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from safeschedule.exchange.foreign_table import filled_all
from safeschedule.exchange.workbook import WorkbookReading, workbook_problem
from safeschedule.exchange.workbook.edits import CellEdit, Mend
from safeschedule.exchange.workbook.found import Located
from tests.exchange.workbook.test_reading import put, team

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


def mends(located: Located) -> dict[str, Mend]:
    return {mend.says: mend for mend in located.mends}


def mended(path: Path, mend: Mend) -> WorkbookReading:
    path.write_bytes(filled_all(path, [], mend.edits).data)
    return workbook_problem(path)


def test_a_date_that_could_be_two_is_mended_for_the_whole_workbook(tmp_path: Path) -> None:
    """Otherwise each of sixty dates would have to be typed again."""

    def fill(book: Any) -> None:
        put(book["Clients"], {"Code": "K2", "Last seen": "08/10"}, {"Code": "K3", "Last seen": "09/10"})

    path = team(tmp_path / "team.xlsx", fill)
    reading = workbook_problem(path)
    assert [each.fault.code for each in reading.faults] == ["ambiguous", "ambiguous"]
    after = mended(path, mends(reading.faults[0])["Dates are written: day/month/year"]).require()
    assert [str(client.last_contact) for client in after.clients] == [
        "2026-09-17",
        "2026-10-08",
        "2026-10-09",
    ]


def test_a_name_that_is_nearly_known_is_offered_and_so_is_leaving_it_out(tmp_path: Path) -> None:
    """Otherwise a typing error would send somebody back to the spreadsheet."""

    def fill(book: Any) -> None:
        put(book["Team"], {"Code": "Clinic-2", "Supervisor": "C1"})
        put(book["Clients"], {"Code": "K2", "Clinician": "Clinik-2"})

    path = team(tmp_path / "team.xlsx", fill)
    (located,) = workbook_problem(path).faults
    assert list(mends(located)) == ['"Clinik-2" is Clinic-2', 'Leave "Clinik-2" out']
    assert mended(path, mends(located)['"Clinik-2" is Clinic-2']).require().clients[1].clinician == "Clinic-2"


def test_what_has_to_be_there_is_not_offered_to_be_left_out(tmp_path: Path) -> None:
    """Otherwise a click would make one fault of another."""
    path = team(
        tmp_path / "team.xlsx", lambda book: put(book["Session types"], {"Code": "x", "Minutes": "long"})
    )
    (located,) = workbook_problem(path).faults
    assert located.mends == ()


def test_a_contradiction_has_its_cells_and_ways_out(tmp_path: Path) -> None:
    """Otherwise somebody would have to look for the two rows that contradict each other."""

    def fill(book: Any) -> None:
        asks = {"Clinician": "C1", "Asks for": "cbt", "Usual slot": "mon 10:00", "Every (weeks)": 2}
        put(book["Clients"], {"Code": "K2", **asks}, {"Code": "K3", "Can come": "tue 9-12", **asks})

    path = team(tmp_path / "team.xlsx", fill)
    reading = workbook_problem(path)
    outside, twice = sorted(reading.warnings, key=lambda each: each.fault.code)[:2]
    assert (outside.fault.code, str(outside.spot)) == (
        "standing_outside_windows",
        "Clients row 5 Usual slot (W)",
    )
    assert list(mends(outside)) == ["K3 without the usual time", "K3 can come at any time"]
    assert twice.fault.code == "usual_times_overlap"
    assert [str(spot) for spot in (twice.spot, *twice.others)] == [
        "Clients row 5 Usual slot (W)",
        "Clients row 4 Usual slot (W)",
    ]
    after = mended(path, mends(twice)["K2 not in this week"])
    assert [request.id for request in after.require().requests] == ["R1", "K3"]
    assert [each.fault.code for each in after.warnings] == ["standing_outside_windows"]


def test_an_edit_finds_its_cells_or_says_that_it_does_not(tmp_path: Path) -> None:
    """Otherwise something would be said to be mended that is not."""
    path = team(tmp_path / "team.xlsx")
    edits = [
        CellEdit("Clients", "Clinician", "c1 ", ""),
        CellEdit("Clients", "Clinician", "C9", ""),
        CellEdit("Nowhere", "Code", "x", ""),
        CellEdit("Clients", "No such column", "x", ""),
        CellEdit("Clients", "Code", "", "everybody"),
    ]
    made = filled_all(path, [], edits)
    assert made.lost == tuple(edits[1:])
    path.write_bytes(made.data)
    assert workbook_problem(path).require().clients[0].clinician is None


def test_a_text_that_begins_as_a_formula_stays_text(tmp_path: Path) -> None:
    """Otherwise what somebody types would run in whoever's spreadsheet."""
    path = team(tmp_path / "team.xlsx")
    path.write_bytes(filled_all(path, [], [CellEdit("Clients", "Code", "K1", "=1+1")]).data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cell = openpyxl.load_workbook(path)["Clients"]["A3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
