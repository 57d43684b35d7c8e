"""What each field of a problem is in cells."""

from __future__ import annotations

from functools import cache

from safeschedule.exchange.structure.fields import Property, Schema, model, properties, referred
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


@cache
def kinds_of(name: str) -> dict[str, CellKind]:
    """Return what the fields of a model are in cells, by their names."""
    own = {each.name: each for each in properties(name)}
    span = all(end in own and "T" in own[end].schema.get("pattern", "") for end in ("start", "end"))
    return {key: ExactKind(_kind_in(each, span), each.default) for key, each in own.items()}


def kind_of(own: Property) -> CellKind:
    """Return what a field is in cells."""
    return kinds_of(own.model)[own.name]


def _kind_in(own: Property, span: bool) -> CellKind:
    if span and own.name in ("start", "end"):
        return MomentKind(blank="00:00" if own.name == "start" else "24:00")
    return _kind(own.schema)


def _kind(raw: Schema) -> CellKind:
    name = referred(raw)
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
    name = referred(items)
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
