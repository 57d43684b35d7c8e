"""The files that commands read."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule

STANDARD = "-"
"""Stands for standard input, or output."""

ProblemFile = Annotated[
    str,
    typer.Argument(
        help="Problem (JSON, a workbook, or a folder of frames); - for standard input.", metavar="PROBLEM"
    ),
]
ScheduleFile = Annotated[
    str,
    typer.Argument(
        help="Schedule file (JSON, or what export csv, xlsx or fhir wrote); - for standard input.",
        metavar="SCHEDULE",
    ),
]


def source(name: str) -> Path | TextIO:
    """Return the file of that name, or standard input for ``-``."""
    if name != STANDARD:
        return Path(name)
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")


def read_problem(name: str) -> Problem:
    """Return the problem of a file, or of standard input; how a workbook was interpreted is told."""
    from safeschedule.cli.console import console
    from safeschedule.exchange.problem_file import read_problem_file

    problem, notes = read_problem_file(source(name))
    for note in notes:
        console(err=True).print(note, soft_wrap=True)
    return problem


def read_both(problem: str, schedule: str) -> tuple[Problem, Schedule]:
    """Return the problem and the schedule of two files, of which one may be standard input."""
    if problem == schedule == STANDARD:
        raise typer.BadParameter("only one of PROBLEM and SCHEDULE can be standard input")
    given = read_problem(problem)
    return given, read_week(given, schedule)


def read_week(problem: Problem, name: str) -> Schedule:
    """Return the schedule of a file, or of standard input; what people have changed in it is told."""
    from safeschedule.exchange.week import read_week_and_changes

    week, changes = read_week_and_changes(problem, source(name))
    tell_changes(changes)
    return week


def tell_changes(changes: list[str]) -> None:
    """Say what people have changed in a rota since it was written."""
    from safeschedule.cli.console import console

    for line in changes:
        console(err=True).print(line, soft_wrap=True)
