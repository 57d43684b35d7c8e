"""A schedule from a file, whether it is JSON or in a format that people work with."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.exchange.formats import schedule_reader
from safeschedule.exchange.formats.format import Given
from safeschedule.exchange.formats.opening import opened
from safeschedule.problem import Problem
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.schedule import Schedule
from safeschedule.schedule.reading import schedule_from_text


def read_week(problem: Problem, source: str | Path | TextIO) -> Schedule:
    """Return the schedule of a file.

    Parameters
    ----------
    problem
        The week that it is for; a table knows only its codes.
    source
        A path, or an open text file: JSON, or a format that reads schedules, as `write_csv` makes it.

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
    return _read(problem, opened(source, "schedule"), source)


def read_week_and_changes(problem: Problem, source: str | Path | TextIO) -> tuple[Schedule, list[str]]:
    """Return the schedule of a file, and what people have changed in it, where the file knows.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    given = opened(source, "schedule")
    week = _read(problem, given, source)
    reader = schedule_reader(given)
    return week, reader.changes(problem, given) if reader is not None and reader.changes is not None else []


def _read(problem: Problem, given: Given, source: str | Path | TextIO) -> Schedule:
    reader = schedule_reader(given)
    if reader is not None:
        return reader.read(problem, given)
    return schedule_from_text(read_text(given.source, "schedule"), name_of(source, "schedule"))
