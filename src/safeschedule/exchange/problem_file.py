"""A problem from a file, whether it is JSON or in a format that people work with."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from safeschedule.exchange.formats import problem_importer
from safeschedule.exchange.formats.opening import opened
from safeschedule.problem import Problem
from safeschedule.problem.reading import problem_from_text
from safeschedule.problem.reading.source import name_of, read_text


def read_problem_file(source: str | Path | TextIO) -> tuple[Problem, tuple[str, ...]]:
    """Return the problem of a file, and what people are to be told of how it was read.

    Parameters
    ----------
    source
        A path, or an open text file: JSON, or a format that can be recognised, such as a workbook.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    given = opened(source, "problem")
    importer = problem_importer(given)
    if importer is None:
        return problem_from_text(read_text(given.source, "problem"), name_of(source, "problem")), ()
    found = importer.read(given.source)
    return found.problem, found.notes
