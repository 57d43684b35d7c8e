"""Frozen dataclasses as plain data and back, with their schemas: one engine for all that is returned."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError

from safeschedule.errors import Fault, InputError
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.translating import faults_of
from safeschedule.problem.showing import format_place, show
from safeschedule.returned import VERSION

T = TypeVar("T")
Place = tuple[str | int, ...]


def as_plain_data(value: Any, *, brief: bool = False) -> Any:
    """Return a value as plain data: a dataclass with its fields and the properties that it tells.

    Raises
    ------
    InputError
        A number in it is infinite or none at all, where that means nothing.
    """
    return _plain(value, brief, ())


def _plain(value: Any, brief: bool, place: Place) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return dict(_told(value, brief, place))
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {
            str(_scalar(key, place)): _plain(entry, brief, (*place, str(key))) for key, entry in value.items()
        }
    if isinstance(value, tuple | list):
        return [_plain(entry, brief, (*place, number)) for number, entry in enumerate(value)]
    return _scalar(value, place)


def _told(value: Any, brief: bool, place: Place) -> Iterator[tuple[str, Any]]:
    left_out = getattr(value, "_in_files", ()) if brief else ()
    infinite = getattr(value, "_infinite", ())
    for name in (*(field.name for field in fields(value)), *derived(type(value))):
        if name not in left_out:
            entry = getattr(value, name)
            # JSON has no infinity.
            limitless = name in infinite and entry == math.inf
            yield name, None if limitless else _plain(entry, brief, (*place, name))


def _scalar(value: Any, place: Place) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise InputError(
            "what is to be plain data",
            [Fault("not_finite", format_place(place), str(value), "a finite number, as JSON has no other")],
        )
    return value


def derived(kind: type) -> tuple[str, ...]:
    """Return the properties that are told beside the fields."""
    return getattr(kind, "_derived", ())


def restored(kind: type[T], data: Any) -> T:
    """Return what `as_plain_data` has written; see `Returned.from_dict`."""
    what = f"{kind.__name__} as plain data"
    if not isinstance(data, Mapping):
        raise InputError(what, [Fault("wrong_type", "the data", show(data), "an object with fields")])
    version = data.get("schema_version", VERSION)
    if version != VERSION:
        expected = f'"{VERSION}", the only version of this format that this release reads'
        raise InputError(what, [Fault("wrong_version", "schema_version", show(version), expected)])
    given = {key: value for key, value in data.items() if key != "schema_version"}
    text = text_of(given, what)
    try:
        found: T = _adapter(kind).validate_json(text, strict=True)
    except ValidationError as error:
        raise InputError(what, faults_of(kind, error)) from None
    faults = list(_strays(found, given, ()))
    if faults:
        raise InputError(what, faults)
    return found


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def _strays(found: Any, given: Any, place: Place) -> Iterator[Fault]:
    """Yield what was given and is not in what was read, and what contradicts it."""
    if is_dataclass(found) and isinstance(given, Mapping):
        names = {field.name for field in fields(found)}
        told = derived(type(found))
        for name, value in given.items():
            if name in told:
                true = as_plain_data(getattr(found, name))
                if value != true:
                    expected = f"{show(true)}, as the rest has it"
                    yield Fault("contradiction", format_place((*place, name)), show(value), expected)
            elif name not in names:
                yield Fault("unknown_field", format_place((*place, name)), show(value), "a known field")
            else:
                yield from _strays(getattr(found, name), value, (*place, name))
    elif isinstance(found, Mapping) and isinstance(given, Mapping):
        for name, value in given.items():
            yield from _strays(found.get(name), value, (*place, str(name)))
    elif isinstance(found, tuple) and isinstance(given, Sequence) and not isinstance(given, str):
        for number, (entry, value) in enumerate(zip(found, given, strict=False)):
            yield from _strays(entry, value, (*place, number))


def schema(kind: type) -> dict[str, Any]:
    """Return the JSON schema of what `as_plain_data` writes."""
    made: dict[str, Any] = _adapter(kind).json_schema()
    shapes = made.setdefault("$defs", {})
    for part in _dataclasses(kind):
        shape = made if part is kind else shapes.get(part.__name__)
        if shape is not None:
            _complete(part, shape, shapes)
    made["properties"] = {"schema_version": {"const": VERSION, "type": "string"}, **made["properties"]}
    if not shapes:
        del made["$defs"]
    return made


def _complete(kind: type, shape: dict[str, Any], shapes: dict[str, Any]) -> None:
    for name in derived(kind):
        hint = get_type_hints(getattr(kind, name).fget)["return"]
        told = TypeAdapter(hint).json_schema(ref_template="#/$defs/{model}")
        for inner, described in told.pop("$defs", {}).items():
            shapes.setdefault(inner, described)
        shape["properties"][name] = {**told, "readOnly": True}
    in_files = getattr(kind, "_in_files", ())
    if in_files:
        shape["required"] = [name for name in shape.get("required", ()) if name not in in_files]


def _dataclasses(kind: type) -> Iterator[type]:
    """Yield a dataclass and those in its fields, each once."""
    seen: dict[type, None] = {}
    waiting: list[Any] = [kind]
    while waiting:
        hint = waiting.pop()
        if isinstance(hint, type) and is_dataclass(hint):
            if hint not in seen:
                seen[hint] = None
                waiting += get_type_hints(hint).values()
        else:
            waiting += getattr(hint, "__args__", ())
    yield from seen
