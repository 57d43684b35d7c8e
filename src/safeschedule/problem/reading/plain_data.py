"""Entities from plain data, as a file of them is read."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import BaseModel

from safeschedule.errors import Fault, InputError
from safeschedule.problem.reading.parsing import faults_of_nesting
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import show

Model = TypeVar("Model", bound=BaseModel)


def entity_from_dict(kind: type[Model], data: Any) -> Model:
    """Return the entity of plain data.

    Raises
    ------
    InputError
        It is no such entity; with every fault of its shape.
    """
    what = f"{kind.__name__} as plain data"
    found, faults = validate(kind, text_of(data, what), data)
    if found is None:
        raise InputError(what, faults)
    return found


def text_of(data: Any, what: str) -> str:
    """Return plain data as JSON text.

    Raises
    ------
    InputError
        It is not plain, not finite, nested too deeply, or has no end.
    """
    deep = faults_of_nesting(data)
    if deep:
        raise InputError(what, deep)
    try:
        return json.dumps(data, allow_nan=False, default=_refuse)
    except (TypeError, ValueError, RecursionError) as error:
        found = show(str(error)) if isinstance(error, _NotPlainError) else ""
        expected = "plain data as JSON has it: finite numbers, text, true, false, null, lists, and objects"
        raise InputError(what, [Fault("not_plain", "the data", found, expected)]) from None


class _NotPlainError(TypeError):
    """Something that JSON cannot hold; it never leaves this file."""


def _refuse(value: object) -> Any:
    raise _NotPlainError(f"a {type(value).__name__}")
