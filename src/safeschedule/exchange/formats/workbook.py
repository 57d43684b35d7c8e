"""Workbooks: a problem as people fill it in, and a rota to print, to change by hand and to read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safeschedule.exchange.formats.format import (
    Export,
    Format,
    Given,
    Imported,
    Importer,
    ImportOption,
    Reader,
    Recorder,
    Writer,
)

if TYPE_CHECKING:
    from safeschedule.actuals import Actuals
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule

_ENDINGS = (".xlsx", ".xlsm", ".ods")


def _recognises(given: Given) -> bool:
    """Say whether a file is a workbook: by its name, or by being packed as one."""
    if not isinstance(given.source, Path):
        return False
    return Path(given.name).suffix.casefold() in _ENDINGS or given.beginning.startswith(b"PK\x03\x04")


def _write(export: Export) -> list[str]:
    from safeschedule.exchange.rota_workbook import rota_workbook

    export.files.write(export.path, rota_workbook(export.problem, export.schedule))
    return []


def _read(problem: Problem, given: Given) -> Schedule:
    from safeschedule.exchange.rota_workbook import read_rota

    return read_rota(problem, _path(given))


def _changes(problem: Problem, given: Given) -> list[str]:
    from safeschedule.exchange.rota_workbook import rota_changes

    return rota_changes(problem, _path(given))


def _path(given: Given) -> Path:
    assert isinstance(given.source, Path)  # what comes as a stream is text
    return given.source


def _import(path: Path, marked: Path | None = None) -> Imported:
    from safeschedule.errors import InputError
    from safeschedule.exchange.workbook import workbook_problem

    reading = workbook_problem(path)
    wrong = reading.faults or reading.warnings
    told = tuple(located.fault for located in wrong)
    if wrong and marked is not None:
        from safeschedule.exchange.workbook.marking import marked_copy
        from safeschedule.exchange.writing import write_atomically

        write_atomically(marked, marked_copy(path, wrong), keep_old=True)
        if reading.problem is None:
            raise InputError(f"{reading.name} (marked in {marked.name})", list(told))
    return Imported(reading.require(), notes=tuple(reading.lines()), warnings=told)


def _recorded(path: Path) -> Actuals:
    from safeschedule.exchange.actuals_workbook import read_actuals_workbook

    return read_actuals_workbook(path)


def _record(actuals: Actuals) -> bytes:
    from safeschedule.exchange.actuals_workbook import actuals_workbook

    return actuals_workbook(actuals)


FORMAT = Format(
    name="xlsx",
    records=Recorder("a workbook with a sheet for each list, to fill in", _recorded, _record),
    writes=Writer("a workbook to print and to change by hand", _write),
    reads=Reader(_recognises, _read, _changes),
    imports=Importer(
        about="Read a team's workbook (XLSX or ODS), as workbook new or workbook from makes it",
        details="What is read in another way than it is written is listed. Every command that takes a "
        "PROBLEM takes a workbook, too.",
        source="TEAM.xlsx",
        help="The workbook.",
        read=_import,
        options=(
            ImportOption(
                "marked",
                Path,
                "Where a copy of the workbook goes if it has faults, or contradicts itself, with these as "
                "comments of its cells.",
                "FILE.xlsx",
                written=True,
            ),
        ),
        recognises=_recognises,
    ),
)
