"""What a file holds: a problem in any format that the library knows, perhaps with the rota of the week."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

from safeschedule import Fault, InputError, Problem, Schedule
from safeschedule.exchange.calendar_import import import_calendar
from safeschedule.exchange.formats import problem_importer
from safeschedule.exchange.formats.opening import opened
from safeschedule.exchange.problem_file import read_problem_file
from safeschedule.exchange.week import read_week_and_changes
from safeschedule.problem import warnings
from safeschedule.web.incoming.files import Incoming, on_disk

UNPACKED = 2**28
"""Bytes of the largest packed file when it is unpacked."""


@dataclass(frozen=True)
class Brought:
    """What was brought.

    Parameters
    ----------
    problem, schedule
        The week; without a rota it is not planned yet.
    kind
        What the file was.
    notes
        What was read otherwise than it is written.
    warnings
        What is hardly meant.
    """

    problem: Problem
    schedule: Schedule | None
    kind: str
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def brought(problem: Incoming, rota: Incoming) -> Brought:
    """Return the week of a file.

    Raises
    ------
    InputError
        With every fault of it.
    """
    if problem.empty:
        raise InputError("the week", [Fault("missing_file", "file", "", "a file that is not empty")])
    require_small(problem)
    require_small(rota)
    with on_disk(problem, rota) as (first, second):
        importer = problem_importer(opened(first, "problem"))
        given, notes = read_problem_file(first)
        schedule = None
        if not rota.empty:
            schedule, changes = read_week_and_changes(given, second)
            notes = (*notes, *changes)
    kind = "JSON" if importer is None else first.suffix.removeprefix(".").upper() or "a table"
    return Brought(given, schedule, kind, tuple(notes), tuple(str(fault) for fault in warnings.find(given)))


def with_calendar(problem: Problem, calendar: Incoming, who: str) -> tuple[Problem, tuple[str, ...]]:
    """Return a problem with the meetings and the leave of somebody's calendar, and what is to be told.

    Raises
    ------
    InputError
        It is no calendar, or nobody has that code.
    """
    with on_disk(calendar) as (path,):
        found, told = import_calendar(problem, path, who)
    return found, tuple(told)


def require_small(file: Incoming) -> None:
    """Do nothing unless a packed file grows beyond all measure when it is unpacked."""
    with on_disk(file) as (path,):
        if not zipfile.is_zipfile(path):
            return
        try:
            size = _unpacked(path)
        except zipfile.BadZipFile:
            return  # whoever reads it says what is wrong
    if size > UNPACKED:
        expected = f"at most {UNPACKED // 2**20} MiB when unpacked"
        raise InputError("the file", [Fault("too_large", "file", "", expected)])


def _unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as packed:
        return sum(part.file_size for part in packed.infolist())
