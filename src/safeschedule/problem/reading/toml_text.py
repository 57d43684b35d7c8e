"""Entities from TOML, for what people write by hand: mappings, parameters, assumptions."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from safeschedule.errors import Fault, InputError
from safeschedule.problem.reading.parsing import DEEPEST, faults_of_nesting
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.reading.translating import validate

Model = TypeVar("Model", bound=BaseModel)

_DOTS = 500


def read_toml(kind: type[Model], path: str | Path, what: str) -> Model:
    """Return the entity of a TOML file.

    Parameters
    ----------
    what
        What the file is, for the error's first line.

    Raises
    ------
    InputError
        The file cannot be read, or is not TOML, or not such an entity; with every fault.
    """
    entity, faults = entity_from_toml(kind, read_text(path, what))
    if entity is None:
        raise InputError(name_of(path, what), faults)
    return entity


def entity_from_toml(kind: type[Model], text: str) -> tuple[Model | None, tuple[Fault, ...]]:
    """Return the entity of TOML text, or every fault of it."""
    data, faults = plain_toml(text)
    return (None, faults) if data is None else validate(kind, json.dumps(data), data)


def plain_toml(text: str) -> tuple[dict[str, Any] | None, tuple[Fault, ...]]:
    """Return TOML text as plain data, its dates and times as text, or why it is none."""
    for number, line in enumerate(text.splitlines(), start=1):
        # tomllib goes from the top again for each part of a dotted key.
        if not line.lstrip().startswith("#") and max(part.count(".") for part in line.split("=")) > _DOTS:
            return None, (_too_deep(f"line {number}"),)
    try:
        data = tomllib.loads(text)
        if deep := faults_of_nesting(data):
            return None, tuple(deep)
        # As JSON, because of that nothing is converted; TOML has dates, which no field takes.
        plain: dict[str, Any] = json.loads(json.dumps(data, default=str, allow_nan=False))
    except tomllib.TOMLDecodeError as error:
        return None, (Fault("not_toml", "the file", "", f"TOML ({error})"),)
    except RecursionError:
        return None, (_too_deep("the file"),)
    except ValueError:
        return None, (Fault("not_finite", "the file", "nan, inf or a huge number", "finite numbers"),)
    return plain, ()


def _too_deep(place: str) -> Fault:
    return Fault("too_deep", place, "", f"nesting of at most {DEEPEST} levels")
