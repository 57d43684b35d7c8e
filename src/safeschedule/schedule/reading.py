"""Schedules from files and text."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.errors import InputError
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate
from safeschedule.schedule.schedule import Schedule


def read_schedule(source: str | Path | TextIO) -> Schedule:
    """Return the schedule of a JSON file; whether it fits a problem is for the verifier to say.

    Parameters
    ----------
    source
        A path, or an open text file.

    Raises
    ------
    InputError
        The file cannot be read, is larger than 32 MiB, is not JSON or not a schedule.

    Examples
    --------
    >>> from safeschedule import read_schedule
    >>> written = (folder / "schedule.json").write_text(schedule.model_dump_json(), encoding="utf-8")
    >>> read_schedule(folder / "schedule.json") == schedule
    True
    """
    return schedule_from_text(read_text(source, "schedule"), name_of(source, "schedule"))


def schedule_from_text(text: str, what: str = "schedule") -> Schedule:
    """Return the schedule of JSON text.

    Parameters
    ----------
    text
        The JSON.
    what
        What it is, for the error's first line.

    Raises
    ------
    InputError
        As for `read_schedule`.

    Examples
    --------
    >>> from safeschedule import schedule_from_text
    >>> schedule_from_text(schedule.model_dump_json()) == schedule
    True
    """
    schedule, faults = validate(Schedule, text, parse_json(text, what))
    if schedule is None:
        raise InputError(what, faults)
    return schedule
