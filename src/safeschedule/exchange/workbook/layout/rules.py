"""The rulebook's settings as rows: one a parameter, or one a rule."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from safeschedule.catalogue import rules
from safeschedule.exchange.structure.fields import properties
from safeschedule.exchange.workbook.kinds.compact import JSON, ExactKind
from safeschedule.exchange.workbook.kinds.kind import Around, Cell, CellKind, Out
from safeschedule.exchange.workbook.kinds.texts import CodeKind, ListKind, Single, TextKind, code_of
from safeschedule.exchange.workbook.kinds.values import ClockKind, TruthKind
from safeschedule.exchange.workbook.layout.cells import kind_of
from safeschedule.exchange.workbook.layout.declared import RULES, SheetPlan
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet
from safeschedule.exchange.workbook.meaning import UnreadError

NAME, PARAMETER, VALUE = "rule", "parameter", "value"


class ValueKind(Single):
    """The value of a parameter, as the catalogue's default shows what it is.

    Parameters
    ----------
    default
        The default; ``None`` for a parameter that is not in the catalogue.
    """

    expected = "a value like the parameter's default; tables as default = 6, trainee = 3"
    styles = ("text",)

    def __init__(self, default: Any = None) -> None:
        self._default = default

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the value as it comes back; as JSON where it would not."""
        natural = self._natural(value)
        try:
            again = self.read([Cell(natural)], Around())
        except UnreadError:
            again = None
        if json.dumps(again) == json.dumps(value) and (not isinstance(natural, str) or natural.strip()):
            return (natural,)
        return (JSON + json.dumps(value, ensure_ascii=False),)

    def _natural(self, value: Any) -> Out:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return ListKind().write(value)[0]
        if isinstance(value, dict):
            return ListKind().write([f"{key} = {own}" for key, own in value.items()])[0]
        found: Out = value
        return found

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the value."""
        value = cells[0].value
        if isinstance(value, str) and value.startswith(JSON):
            try:
                return json.loads(value.removeprefix(JSON))
            except (ValueError, RecursionError):
                raise UnreadError("JSON") from None
        if isinstance(self._default, bool):
            return TruthKind().read(cells, around)
        if (
            isinstance(self._default, str)
            and ":" in self._default
            and not isinstance(value, str | int | float)
        ):
            return ClockKind().read(cells, around)
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return int(value) if value == int(value) and isinstance(self._default, int) else value
        text = code_of(cells[0], around) if not isinstance(value, str) else value
        if isinstance(self._default, Mapping):
            return dict(_pairs(text, around))
        if isinstance(self._default, list | tuple):
            return ListKind().read(cells, around)
        return _number(text) if isinstance(self._default, int) else text


def _pairs(text: str, around: Around) -> Iterator[tuple[str, Any]]:
    for item in ListKind().read([Cell(text)], around):
        key, sign, own = item.partition(" = ")
        if not sign:
            raise UnreadError("entries such as default = 6, trainee = 3")
        yield key, _number(own)


def _number(text: str) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return (
        found
        if isinstance(found, int | float) and not isinstance(found, bool) and str(found) == text
        else text
    )


def sheet() -> Sheet:
    """Return the sheet of the rules."""
    plan = SheetPlan(
        RULES,
        "What the rulebook says of rules; what is left out stays as in the catalogue (safeschedule rules).",
        (),
        example=((NAME, "session_limits"), (PARAMETER, "day"), (VALUE, 5)),
    )
    settings = [own for own in properties("RuleSetting") if own.name != "parameters"]
    own = (
        Field(NAME, ("Rule",), CodeKind(), needed=True, about="Its name: safeschedule rules lists them."),
        *(Field(each.name, (each.name.capitalize(),), _said(kind_of(each))) for each in settings),
        Field(PARAMETER, ("Parameter",), TextKind(), about="One of the rule's parameters; one row each."),
        Field(VALUE, ("Value",), ValueKind(), about="The parameter's value."),
    )
    return Sheet(plan, (), own)


def _said(kind: CellKind) -> CellKind:
    """Return a kind of which every value is written, because a blank cell says nothing."""
    return ExactKind(kind.kind, None) if isinstance(kind, ExactKind) else kind


def value_kind(rule: str, parameter: str) -> ValueKind:
    """Return the kind of a parameter's value."""
    known = rules().get(rule)
    found = (own.default for own in known.parameters if own.name == parameter) if known else ()
    return ValueKind(next(iter(found), None))


def rows_of(settings: Mapping[str, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a rulebook's settings: values by field, `VALUE` as it is written."""
    for rule, setting in settings.items():
        first = {NAME: rule, **{key: own for key, own in setting.items() if key != "parameters"}}
        parameters = setting.get("parameters", {})
        if not parameters:
            yield first
        for key, own in parameters.items():
            yield {**first, PARAMETER: key, VALUE: own}
            first = {NAME: rule}
