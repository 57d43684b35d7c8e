"""Entities from JSON files, for those that have no faults but of their shape."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO, TypeVar

from pydantic import BaseModel

from safeschedule.errors import InputError
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate

Model = TypeVar("Model", bound=BaseModel)


def read_entity(kind: type[Model], source: str | Path | TextIO, what: str) -> Model:
    """Return the entity of a JSON file.

    Parameters
    ----------
    what
        What the file is, for the error's first line.

    Raises
    ------
    InputError
        The file cannot be read, or has faults; with all of them.
    """
    text, name = read_text(source, what), name_of(source, what)
    entity, faults = validate(kind, text, parse_json(text, name))
    if entity is None:
        raise InputError(name, faults)
    return entity
