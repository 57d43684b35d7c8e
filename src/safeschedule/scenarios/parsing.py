"""Changes from plain data, by the words for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.problem.reading.plain_data import text_of
from safeschedule.problem.reading.translating import validate
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.changes import changes


def changes_of(data: Mapping[str, Any]) -> tuple[list[ScenarioChange], list[Fault]]:
    """Return the changes that a table names, in its order, and every fault of it."""
    found: list[ScenarioChange] = []
    faults: list[Fault] = []
    for name, value in data.items():
        kind = changes().get(name)
        if kind is None:
            hint = did_you_mean(str(name), list(changes())) or f": {', '.join(changes())}"
            faults.append(Fault("unknown_name", str(name), _shown(value), f"a change{hint}"))
            continue
        several = isinstance(value, list | tuple) and bool(value) and all(_is_table(each) for each in value)
        for number, entry in enumerate(value if several else [value]):
            place = f"{name}[{number}]" if several else str(name)
            change, wrong = _change(kind, _fields(kind, entry))
            faults += [replace(fault, place=_below(place, kind, fault.place)) for fault in wrong]
            if change is not None:
                found.append(change)
    return found, faults


def plain_of(change: ScenarioChange) -> dict[str, Any]:
    """Return a change as plain data: what is said of it, and not what is usual."""
    plain: dict[str, Any] = json.loads(change.model_dump_json(exclude_defaults=True))
    return plain[change.main] if change.whole else plain


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _fields(kind: type[ScenarioChange], value: Any) -> Any:
    """Return a value as the fields of a change: its main field may stand alone."""
    if kind.main and (kind.whole or not isinstance(value, Mapping)):
        return {kind.main: value}
    return value


def _change(kind: type[ScenarioChange], fields: Any) -> tuple[ScenarioChange | None, tuple[Fault, ...]]:
    if not isinstance(fields, Mapping):
        return None, (Fault("wrong_type", "", _shown(fields), f"a table: {kind.example}"),)
    try:
        text = text_of(_plain(fields), kind.name)
    except InputError as error:
        return None, error.faults
    return validate(kind, text, json.loads(text))


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: Python's own dates, decimals and entities become text and numbers."""
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(entry) for entry in value]
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, bool | int | float | str) or value is None:
        return value
    try:
        return float(value)  # a decimal, or a number of numpy
    except (TypeError, ValueError):
        return str(value)


def _below(place: str, kind: type[ScenarioChange], inner: str) -> str:
    if inner in ("", "the file"):
        return place
    if kind.whole and inner.startswith(kind.main):
        inner = inner.removeprefix(kind.main).removeprefix(".")
    return f"{place}.{inner}" if inner else place


def _shown(value: Any) -> str:
    if isinstance(value, str | int | float | list | tuple | dict) or value is None:
        return show(dict(value) if isinstance(value, Mapping) else value)
    return f"a {type(value).__name__}"
