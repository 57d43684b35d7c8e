from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import run, tiny

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "problem.json").write_text(json.dumps(tiny()), encoding="utf-8")
    assert run("workbook", "from", "problem.json", "-o", "team.xlsx", cwd=tmp_path).returncode == 0
    return tmp_path


def test_a_workbook_is_planned_like_its_problem(folder: Path) -> None:
    """Otherwise `contacts team.xlsx` would tell of another week than `contacts problem.json`."""
    told = [run("contacts", name, "--json", cwd=folder) for name in ("problem.json", "team.xlsx")]
    assert [done.returncode for done in told] == [0, 0]
    assert told[0].stdout == told[1].stdout
    assert told[1].stderr == ""


def test_import_tells_how_cells_were_read(folder: Path) -> None:
    """Otherwise a time that was read in another way than it is written would go unnoticed."""
    book = openpyxl.load_workbook(folder / "team.xlsx")
    book["Hours"]["C3"].value = 9
    book.save(folder / "team.xlsx")
    done = run("import", "xlsx", "team.xlsx", "-o", "again.json", cwd=folder)
    assert done.returncode == 0
    assert "Hours row 3 Start (C): 9 is read as 09:00" in done.stdout
    seen = run("contacts", "team.xlsx", cwd=folder)
    assert "Hours row 3 Start (C): 9 is read as 09:00" in seen.stderr


def test_faults_leave_nothing_behind_but_the_marked_copy(folder: Path) -> None:
    """Otherwise half a problem would lie there, or the comments that were asked for would not."""
    book = openpyxl.load_workbook(folder / "team.xlsx")
    book["Hours"]["C3"].value = "soon"
    book.save(folder / "team.xlsx")
    done = run("import", "xlsx", "team.xlsx", "-o", "again.json", "--marked", "marked.xlsx", cwd=folder)
    assert done.returncode == 2
    assert "Hours row 3 Start (C)" in done.stderr
    assert "marked in marked.xlsx" in done.stderr
    assert not (folder / "again.json").exists()
    assert stat.S_IMODE((folder / "marked.xlsx").stat().st_mode) == 0o600
    assert openpyxl.load_workbook(folder / "marked.xlsx")["Hours"]["C3"].comment is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ("workbook", "new", "team.csv"),
        ("workbook", "new", "-"),
        ("workbook", "from", "problem.json", "-o", "team.json"),
        ("import", "xlsx", "team.xlsx", "-o", "team.xlsx"),
        ("import", "xlsx", "team.xlsx", "-o", "a.json", "--marked", "team.xlsx"),
    ],
    ids=" ".join,
)
def test_bad_use_changes_nothing(folder: Path, arguments: tuple[str, ...]) -> None:
    """Otherwise the team's workbook would be gone, or a file would be something else than its name says."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(*arguments, cwd=folder).returncode == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_new_workbook_can_be_filled_in(tmp_path: Path) -> None:
    """Otherwise a team would have nothing to begin with."""
    assert run("workbook", "new", "team.xlsx", cwd=tmp_path).returncode == 0
    done = run("import", "xlsx", "team.xlsx", "-o", "problem.json", cwd=tmp_path)
    assert done.returncode == 2
    assert "Week start" in done.stderr
