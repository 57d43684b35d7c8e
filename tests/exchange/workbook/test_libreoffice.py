"""Workbooks in the hands of a real spreadsheet program."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from safeschedule.exchange.workbook import workbook_problem, write_workbook
from safeschedule.problem import Client, Clinician, Problem, Site, WorkingPeriod
from safeschedule.samples import generate, sample
from safeschedule.testing.strategies.problems import sound_problems

pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

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
    subprocess.run(command, check=True, capture_output=True, timeout=600)


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
