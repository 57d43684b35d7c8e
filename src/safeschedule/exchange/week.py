"""A schedule from a file, whether it is JSON or the table that people work with."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.exchange.csv_rota import csv_from_text
from safeschedule.exchange.csv_rota.columns import COLUMNS
from safeschedule.problem import Problem
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.schedule import Schedule
from safeschedule.schedule.reading import schedule_from_text

_TABLES = (".csv", ".tsv")


def read_week(problem: Problem, source: str | Path | TextIO) -> Schedule:
    """Return the schedule of a file.

    Parameters
    ----------
    problem
        The week that it is for; a table knows only its codes.
    source
        A path, or an open text file: JSON, or a table as `write_csv` makes it.

    Raises
    ------
    InputError
        With every fault of the file.

    Examples
    --------
    >>> from io import StringIO
    >>> from safeschedule.samples import sample
    >>> read_week(sample(), StringIO('{"week_start": "2026-10-05"}')).appointments
    ()
    """
    text = read_text(source, "schedule")
    if _is_table(text, source):
        return csv_from_text(
            problem, text, Path(source).name if isinstance(source, str | Path) else "schedule"
        )
    return schedule_from_text(text, name_of(source, "schedule"))


def _is_table(text: str, source: str | Path | TextIO) -> bool:
    """Say whether a text is a table: by its name, or when its first line names columns and no JSON begins."""
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return False
    if isinstance(source, str | Path) and Path(source).suffix.casefold() in _TABLES:
        return True
    header = text.partition("\n")[0].casefold()
    return sum(f"{name}" in header for name in COLUMNS) > len(COLUMNS) // 2
