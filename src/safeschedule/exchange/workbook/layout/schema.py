"""The fields of a problem as its JSON schema has them, so that a new one needs nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import safeschedule.problem as problems
from safeschedule.exchange.workbook.kinds.compact import COMPACT, ExactKind, JsonKind
from safeschedule.exchange.workbook.kinds.kind import CellKind
from safeschedule.exchange.workbook.kinds.texts import CodeKind, ListKind, TextKind
from safeschedule.exchange.workbook.kinds.values import (
    ChoiceKind,
    ClockKind,
    DateKind,
    MomentKind,
    NumberKind,
    TruthKind,
)
from safeschedule.problem.problem import Problem

Schema = Mapping[str, Any]


@cache
def whole() -> Schema:
    """Return the schema of a problem."""
    return Problem.model_json_schema()


def model(name: str) -> Schema:
    """Return the schema of a model by its name."""
    found: Schema = whole() if name == "Problem" else whole()["$defs"][name]
    return found


@dataclass(frozen=True)
class Property:
    """A field of a model.

    Parameters
    ----------
    name
        Its name.
    kind
        What it is in cells.
    needed
        Whether it has no default.
    default
        What it is when nothing is said, as plain data.
    inner
        The name of the model inside, if it is an entity or a list of them.
    many
        Whether it is a list.
    about
        What its model's docstring says of it.
    """

    name: str
    kind: CellKind
    needed: bool
    default: Any
    inner: str
    many: bool
    about: str


@cache
def properties(name: str) -> tuple[Property, ...]:
    """Return the fields of a model."""
    schema = model(name)
    needed = set(schema.get("required", ()))
    told = _told(name)
    span = _is_span(schema)
    found = []
    for key, raw in schema["properties"].items():
        inner, many = _inner(_bare(raw))
        default = _default(name, key)
        kind: CellKind = _span_kind(key) if span and key in ("start", "end") else _kind(_bare(raw))
        about = told.get(key, "")
        found.append(Property(key, ExactKind(kind, default), key in needed, default, inner, many, about))
    return tuple(found)


@cache
def _defaults(name: str) -> Mapping[str, Any]:
    """Return the defaults of a model as plain data."""
    kind = Problem if name == "Problem" else getattr(problems, name, None)
    if kind is None:
        return {}
    # A default of a model is what an entity made without the field has.
    fields = {key: f for key, f in kind.model_fields.items() if not f.is_required()}
    made = kind.model_construct(
        **{key: f.get_default(call_default_factory=True) for key, f in fields.items()}
    )
    plain: dict[str, Any] = made.model_dump(mode="json", include=set(fields))
    return plain


def _default(name: str, key: str) -> Any:
    return _defaults(name).get(key)


def _bare(raw: Schema) -> Schema:
    """Return the schema of a field without the possibility of nothing."""
    choices = [each for each in raw.get("anyOf", ()) if each.get("type") != "null"]
    return choices[0] if len(choices) == 1 else raw


def _ref(raw: Schema) -> str:
    return str(raw.get("$ref", "")).rpartition("/")[2]


def _inner(raw: Schema) -> tuple[str, bool]:
    many = raw.get("type") == "array"
    name = _ref(raw["items"] if many else raw)
    return (name if name and "properties" in model(name) else ""), many


def _is_span(schema: Schema) -> bool:
    ends = [_bare(schema["properties"].get(key, {})) for key in ("start", "end")]
    return all("T" in end.get("pattern", "") for end in ends)


def _span_kind(key: str) -> CellKind:
    return MomentKind(blank="00:00" if key == "start" else "24:00")


def _kind(raw: Schema) -> CellKind:
    name = _ref(raw)
    if name:
        own = model(name)
        if "enum" in own:
            return ChoiceKind(tuple(own["enum"]))
        return _single(name)
    if "enum" in raw:
        return ChoiceKind(tuple(raw["enum"]))
    kind = raw.get("type")
    if kind == "array":
        return _list(raw["items"])
    if kind == "boolean":
        return TruthKind()
    if kind in ("integer", "number"):
        return NumberKind(kind == "integer", raw.get("minimum"), raw.get("maximum"))
    return _text(raw) if kind == "string" else JsonKind()


def _single(name: str) -> CellKind:
    if name not in COMPACT:
        return JsonKind()
    kind = COMPACT[name]
    return type(kind)(kind.expected, kind.one, kind.several, single=True)


def _list(items: Schema) -> CellKind:
    name = _ref(items)
    if name and "enum" in model(name):
        return ListKind(tuple(model(name)["enum"]))
    if name:
        return COMPACT.get(name) or JsonKind()
    return ListKind() if items.get("type") == "string" else JsonKind()


def _text(raw: Schema) -> CellKind:
    if raw.get("format") == "date":
        return DateKind()
    pattern = raw.get("pattern", "")
    if "T" in pattern:
        return MomentKind()
    if pattern.startswith("^([01]"):
        return ClockKind()
    return CodeKind() if pattern else TextKind()


def _told(name: str) -> Mapping[str, str]:
    """Return what the docstring of a model says of its fields."""
    text = Problem.__doc__ if name == "Problem" else model(name).get("description", "")
    return dict(_paragraphs(text or ""))


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    _, _, part = text.partition("Parameters\n")
    part = re.split(r"\n\s*\w+\n\s*-{4,}\n", part.partition("\n")[2])[0]
    lines = part.splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    names: list[str] = []
    words: list[str] = []
    for line in [*lines, " " * margin + "end"]:
        if line.strip() and len(line) - len(line.lstrip()) == margin:
            # Docstrings speak to programmers: a blank cell is what they call None.
            told = " ".join(words).replace("``None``", "empty").replace("`", "")
            yield from ((name, told) for name in names)
            names, words = [each.strip() for each in line.split(",")], []
        elif line.strip():
            words.append(line.strip())
