"""Workbooks in the hands of a real spreadsheet program."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from safeschedule.exchange.workbook import workbook_problem, write_workbook
from safeschedule.problem import Client, Clinician, Problem, Site, WorkingPeriod
from safeschedule.samples import generate, sample
from safeschedule.testing.strategies.problems import sound_problems
from tests.exchange.drawing import COUNT

pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
RISKY = (
    "=1+1",
    "+447700900123",
    "-1",
    "@SUM(A1)",
    "0042",
    "3E5",
    "MAR1",
    "1/2",
    "TRUE",
    "=cmd|' /C calc'!A0",
)

needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")


def saved(files: list[Path], kind: str, folder: Path) -> None:
    """Open files in LibreOffice, without a window, and save them in another folder."""
    assert OFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=3600)


def risky() -> Problem:
    """Return a problem whose texts a spreadsheet would like to run, or to take for something else."""
    period = WorkingPeriod(day="mon", start="21:00", end="24:00")
    team = tuple(Clinician(id=code, working=(period,), skills=RISKY, is_supervisor=True) for code in RISKY)
    return Problem(
        week_start="2026-10-05",
        name="=HYPERLINK(A1)",
        clinicians=team,
        clients=tuple(Client(id=code, clinician=code, last_contact="2026-09-01") for code in RISKY),
        sites=tuple(Site(id=code) for code in RISKY),
    )


def drawn(count: int) -> list[Problem]:
    """Return problems as the project's own strategies draw them."""
    found: list[Problem] = []

    @settings(
        max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(sound_problems(max_clinicians=4, max_sessions=6, max_days=6))
    def keep(problem: Problem) -> None:
        found.append(problem)

    keep()
    return found


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "ending"), [("xlsx:Calc MS Excel 2007 XML", "xlsx"), ("ods", "ods")])
def test_a_workbook_that_was_saved_again_is_the_same_problem(tmp_path: Path, kind: str, ending: str) -> None:
    """Otherwise a team that opens its workbook and saves it would lose or change something."""
    problems = [sample(), generate(4, seed=2, profile="crisis", features=("all",)), risky(), *drawn(12)]
    files = [tmp_path / f"{number}.xlsx" for number in range(len(problems))]
    for problem, file in zip(problems, files, strict=True):
        write_workbook(problem, file)
    out = tmp_path / "out"
    out.mkdir()
    saved(files, kind, out)
    for problem, file in zip(problems, files, strict=True):
        reading = workbook_problem(out / f"{file.stem}.{ending}")
        assert [str(located.fault) for located in reading.faults] == []
        assert reading.problem == problem
        assert reading.lines() == []


@needs_office
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize(("kind", "ending"), [("xlsx:Calc MS Excel 2007 XML", "xlsx"), ("ods", "ods")])
def test_each_of_two_hundred_workbooks_that_were_saved_again_is_the_same(
    tmp_path: Path, kind: str, ending: str
) -> None:
    """Otherwise something that few problems have would be lost when a team opens and saves its workbook."""
    problems = drawn(COUNT)
    assert len(problems) == COUNT
    files = [tmp_path / f"{number}.xlsx" for number in range(COUNT)]
    for problem, file in zip(problems, files, strict=True):
        write_workbook(problem, file)
    out = tmp_path / "out"
    out.mkdir()
    saved(files, kind, out)
    for problem, file in zip(problems, files, strict=True):
        reading = workbook_problem(out / f"{file.stem}.{ending}")
        assert [str(located.fault) for located in reading.faults] == []
        assert reading.problem == problem
        assert reading.lines() == []


@needs_office
@pytest.mark.slow
def test_what_a_person_sees_is_read_from_ods_as_from_xlsx(tmp_path: Path) -> None:
    """Otherwise 80 % would be 0.8 %, a code shown as 0042 another one, or a time a number without meaning."""
    path = tmp_path / "team.xlsx"
    write_workbook(sample(), path)
    book = openpyxl.load_workbook(path)
    team, hours, clients = book["Team"], book["Hours"], book["Clients"]
    (heading,) = (cell for cell in team[1] if cell.value == "FTE")
    heading.value = "FTE (%)"
    for row in range(3, team.max_row + 1):
        share = team.cell(row, heading.column)
        share.value, share.number_format = 0.8, "0%"
    for column, hour in ((3, 9.5), (4, 17.25)):
        hours.cell(3, column).value, hours.cell(3, column).number_format = hour / 24, "[h]:mm"
    code = clients.cell(clients.max_row + 1, 1)
    code.value, code.number_format = 42, "0000"
    clients.row_dimensions[code.row].hidden = True
    book.save(path)
    out = tmp_path / "out"
    out.mkdir()
    saved([path], "ods", out)
    one, other = workbook_problem(path), workbook_problem(out / "team.ods")
    assert one.faults == other.faults == ()
    assert one.problem == other.problem
    assert one.lines() == other.lines()
    assert other.problem is not None
    assert {float(person.fte) for person in other.problem.clinicians} == {0.8}
    assert other.problem.clients[-1].id == "0042"
    assert any(
        (period.start, period.end) == (9 * 60 + 30, 17 * 60 + 15)
        for person in other.problem.clinicians
        for period in person.working
    )


def test_nothing_in_a_workbook_is_a_formula(tmp_path: Path) -> None:
    """Otherwise a code that begins with = would be run by whoever opens the workbook."""
    path = tmp_path / "team.xlsx"
    write_workbook(risky(), path)
    with zipfile.ZipFile(path) as packed:
        pages = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        links = [name for name in packed.namelist() if "externalLink" in name]
    assert len(pages) > 10
    assert not any(re.search(rb"<f[ >]|<hyperlink", page) for page in pages)
    assert links == []


@needs_office
@pytest.mark.slow
def test_every_sheet_prints_on_pages_of_its_width(tmp_path: Path) -> None:
    """Otherwise columns would be cut off on paper, or a sheet would print on hundreds of pages."""
    path = tmp_path / "team.xlsx"
    write_workbook(generate(2, seed=1), path)
    saved([path], "pdf", tmp_path)
    pages = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "team.pdf").read_bytes()))
    assert 15 <= pages <= 40
