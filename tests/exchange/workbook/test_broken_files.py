"""Files that no team has: what is wrong is said, soon, and in words."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from safeschedule.errors import InputError
from safeschedule.exchange.workbook import workbook_problem
from safeschedule.exchange.workbook.grids import grids_of

openpyxl = pytest.importorskip("openpyxl")

NAMES = ("office", "table", "text")
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES)
CODE = '<table:table-cell office:value-type="string"><text:p>Code</text:p></table:table-cell>'


def ods(folder: Path, rows: str, manifest: str = "<m/>") -> Path:
    path = folder / "team.ods"
    sheet = f'<table:table table:name="Team">{rows}</table:table>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("META-INF/manifest.xml", manifest)
        packed.writestr("content.xml", f"<office:document-content {SPACES}>{sheet}</office:document-content>")
    return path


def xlsx(folder: Path, part: str, was: str, then: str) -> Path:
    """Return a workbook in whose part something stands otherwise."""
    good, path = folder / "good.xlsx", folder / "team.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(good)
    with zipfile.ZipFile(good) as packed, zipfile.ZipFile(path, "w") as changed:
        for name in packed.namelist():
            text = packed.read(name).decode()
            assert name != part or was in text
            changed.writestr(name, text.replace(was, then) if name == part else text)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        grids_of(path)
    (fault,) = caught.value.faults
    assert "Error" not in str(fault)
    return f"{fault.code}: {fault.value}"


@pytest.mark.parametrize(
    ("part", "was", "then", "said"),
    [
        ("xl/worksheets/sheet1.xml", "<c ", '<c s="99" ', "cells in formats that the workbook does not have"),
        ("xl/worksheets/sheet1.xml", "</sheetData>", "", "a part that is no XML"),
    ],
)
def test_what_is_broken_is_said(tmp_path: Path, part: str, was: str, then: str, said: str) -> None:
    """Whoever exported it would read the name of an error, and not know what to do."""
    assert refusal(xlsx(tmp_path, part, was, then)) == f"unreadable_file: {said}"


def test_an_ods_file_that_is_broken_or_closed_is_refused(tmp_path: Path) -> None:
    """The same for whoever has LibreOffice."""
    assert refusal(ods(tmp_path, "<table:table-row>")) == "unreadable_file: a part that is no XML"
    closed = ods(tmp_path, "", manifest="<m><encryption-data/></m>")
    assert refusal(closed) == "not_a_workbook: a workbook with a password"


def test_a_sheet_with_more_cells_than_any_team_has_is_refused(tmp_path: Path) -> None:
    """A file of a thousand bytes would take all memory, or hours."""
    cell = CODE.replace("table-cell ", 'table-cell table:number-columns-repeated="200" ')
    rows = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    assert refusal(ods(tmp_path, rows)).startswith("too_large")
    many = "<row>" + "<c/>" * 2_000_001 + "</row></sheetData>"
    assert refusal(xlsx(tmp_path, "xl/worksheets/sheet1.xml", "</sheetData>", many)).startswith("too_large")


def test_blank_rows_and_columns_cost_nothing(tmp_path: Path) -> None:
    """Each sheet that LibreOffice saves is a million rows long and sixteen thousand columns wide."""
    blank = '<table:table-cell table:number-columns-repeated="16383"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048574">{blank}</table:table-row>'
    row = f"<table:table-row>{CODE}{blank}</table:table-row>"
    (grid,) = grids_of(ods(tmp_path, f"{row}{rest}{row}"))
    assert list(grid.rows) == [1, 1_048_576]
    assert [len(cells) for cells in grid.rows.values()] == [1, 1]


def test_a_workbook_of_another_program_is_told_the_way_in(tmp_path: Path) -> None:
    """Otherwise somebody with a rota or a list would be asked for a sheet that they have never seen."""
    book = openpyxl.Workbook()
    book.active.title = "March"
    book.active.append(["Name", 1, 2, 3])
    book.save(tmp_path / "rota.xlsx")
    reading = workbook_problem(tmp_path / "rota.xlsx")
    (located,) = reading.faults
    assert located.fault.code == "missing_sheet"
    assert located.fault.value == "the sheets March"
    assert "import table" in located.fault.expected


def test_a_workbook_whose_sheets_cannot_be_read_is_not_called_empty(tmp_path: Path) -> None:
    """Otherwise somebody who saved as "Strict Open XML" would be told that there are no sheets."""
    was, then = "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument"
    path = xlsx(tmp_path, "xl/workbook.xml", was, then)
    with pytest.raises(InputError) as caught:
        grids_of(path)
    (fault,) = caught.value.faults
    assert fault.code == "unreadable_file"
    assert "Strict Open XML" in fault.value
    assert [grid.title for grid in grids_of(tmp_path / "good.xlsx")] == ["Sheet"]
