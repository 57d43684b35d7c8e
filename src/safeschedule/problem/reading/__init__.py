"""Problems from files and text; whatever is wrong is reported at once, nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TextIO, TypeVar

from safeschedule.errors import InputError
from safeschedule.problem.faults import find
from safeschedule.problem.naming import named
from safeschedule.problem.problem import Problem
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.pruning import faults_of_the_rest
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate

__all__ = ["problem_from_dict", "problem_from_text", "read_problem"]

P = TypeVar("P", bound=Problem)


def read_problem(source: str | Path | TextIO) -> Problem:
    """Return the problem of a JSON file.

    Parameters
    ----------
    source
        A path, or an open text file.

    Raises
    ------
    InputError
        The file cannot be read, is larger than 32 MiB, is not JSON or not a problem, or the problem has
        faults (see `safeschedule.problem.faults`).

    Examples
    --------
    >>> from safeschedule import read_problem
    >>> written = (folder / "problem.json").write_text(problem.model_dump_json(), encoding="utf-8")
    >>> read_problem(folder / "problem.json") == problem
    True
    """
    return problem_from_text(read_text(source, "problem"), name_of(source, "problem"))


def problem_from_text(text: str, what: str = "problem") -> Problem:
    """Return the problem of JSON text.

    Parameters
    ----------
    text
        The JSON.
    what
        What it is, for the error's first line.

    Raises
    ------
    InputError
        As for `read_problem`.

    Examples
    --------
    >>> from safeschedule import problem_from_text
    >>> problem_from_text(problem.model_dump_json()) == problem
    True
    """
    return _checked(Problem, text, parse_json(text, what), what)


def problem_from_dict(kind: type[P], data: Any) -> P:
    """Return the problem of plain data; see `Problem.from_dict`."""
    what = "problem as plain data"
    return _checked(kind, text_of(data, what), data, what)


def _checked(kind: type[P], text: str, data: Any, what: str) -> P:
    problem, faults = validate(kind, text, data)
    if problem is None:
        raise InputError(what, named(data, [*faults, *faults_of_the_rest(data, faults)]))
    found = find(problem)
    if found:
        raise InputError(what, found)
    return problem
