"""The sheet of what a problem has once: a name, a week, a grid; and of the workbook's ways of writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from safeschedule.exchange.structure.fields import value_at
from safeschedule.exchange.workbook.flattening import Row
from safeschedule.exchange.workbook.kinds.texts import CodeKind, TextKind
from safeschedule.exchange.workbook.kinds.values import ChoiceKind
from safeschedule.exchange.workbook.layout.declared import WEEK, SheetPlan
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet, single_fields

SETTING, VALUE, MEANING = "setting", "value", "meaning"

ORDERS = {"day/month/year": "dmy", "month/day/year": "mdy"}
HOURS = {"afternoon": True, "as written": False}

HABITS = (
    Field(
        "order",
        ("Dates are written",),
        ChoiceKind(tuple(ORDERS)),
        about="How 08/10 is meant in cells that hold text. Empty: such dates are refused.",
    ),
    Field(
        "afternoons",
        ("Hours from 1 to 6",),
        ChoiceKind(tuple(HOURS)),
        about="How a 2 without am or pm is meant: as 14:00 or as 02:00. Empty: such times are refused.",
    ),
)
"""What the workbook says of itself."""

WEEK_SHEET = Sheet(
    SheetPlan(WEEK, "The week that is planned, and how this workbook is written.", ()),
    (),
    (
        Field(SETTING, ("Setting",), CodeKind()),
        Field(VALUE, ("Value",), TextKind()),
        Field(MEANING, ("Meaning",), TextKind()),
    ),
)


def settings() -> tuple[Field, ...]:
    """Return the rows: what the problem has once, and the workbook's habits."""
    return (*single_fields(), *HABITS)


def week_rows(plain: Mapping[str, Any]) -> Iterator[Row]:
    """Yield the rows of the sheet."""
    for field in settings():
        try:
            value = value_at(plain, field.name)
        except KeyError:
            value = None
        cells = field.kind.write(value) if value is not None else (None,)
        told = " ".join(part for part in (field.about, f"({field.kind.expected})") if part)
        yield {(SETTING, False): field.headings, (VALUE, False): cells, (MEANING, False): (told,)}
