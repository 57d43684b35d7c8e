"""A table with a row for each session, block and request left out, for spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safeschedule.exchange.formats.format import Export, Format, Given, Reader, Writer

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule

_ENDINGS = (".csv", ".tsv")


def _write(export: Export) -> list[str]:
    from safeschedule.exchange.csv_rota import rota_csv

    export.files.write(export.path, rota_csv(export.problem, export.schedule))
    return []


def _recognises(given: Given) -> bool:
    """Say whether a file is a table: by its name, or when its first line names columns and no JSON begins."""
    from safeschedule.exchange.csv_rota.columns import COLUMNS

    start = given.beginning.decode(errors="replace").removeprefix("\ufeff")
    if start.lstrip()[:1] in ("{", "["):
        return False
    if Path(given.name).suffix.casefold() in _ENDINGS:
        return True
    header = start.partition("\n")[0].casefold()
    return sum(name in header for name in COLUMNS) > len(COLUMNS) // 2


def _read(problem: Problem, given: Given) -> Schedule:
    from safeschedule.exchange.csv_rota import csv_from_text
    from safeschedule.problem.reading.source import read_text

    return csv_from_text(problem, read_text(given.source, "schedule"), given.name or "schedule")


FORMAT = Format(
    name="csv",
    writes=Writer("a table for spreadsheets", _write),
    reads=Reader(_recognises, _read),
)
