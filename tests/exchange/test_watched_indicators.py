"""What a rulebook says of early warnings survives every format that holds whole problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeschedule import (
    Problem,
    fhir_problem,
    import_fhir,
    read_frames,
    read_workbook,
    write_frames,
    write_workbook,
)
from tests.cli.conftest import tiny

WATCHED = [
    {"indicator": "no_show", "most": 0.1, "weeks": 2},
    {"indicator": "supervision_attended", "least": 0.85},
    {"indicator": "sickness", "off": True},
]
BOOK = {"watched": WATCHED, "warning_review_days": 0, "warning_reviewer": "=lead"}


def watching() -> Problem:
    return Problem.from_dict(tiny() | {"rulebook": BOOK})


def test_in_a_workbook(tmp_path: Path) -> None:
    """A service that keeps its rulebook in a workbook would lose its thresholds."""
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("openpyxl")
    write_workbook(watching(), tmp_path / "team.xlsx")
    assert read_workbook(tmp_path / "team.xlsx") == watching()


def test_in_frames(tmp_path: Path) -> None:
    """A program that works on frames would watch by default."""
    pytest.importorskip("pandas")
    write_frames(watching().frames(), tmp_path / "frames")
    assert Problem.from_frames(read_frames(tmp_path / "frames")) == watching()


def test_in_fhir() -> None:
    """A service behind FHIR would watch by default."""
    assert import_fhir(fhir_problem(watching())).problem.rulebook == watching().rulebook
