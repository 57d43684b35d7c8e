"""What all entities of a problem share: frozen, unknown fields refused, every number and list bounded.

The limits stand in the types, each whole in one place. A field must not give a limit again beside a type
that has one: which of the two then holds depends on the version of pydantic.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from safeschedule.problem.base import Base

SHORT, LONG, LONGEST = 100, 1_000, 100_000
"""Most entries of a list that belongs to one thing, of a list of people, and of a list of the whole file."""

_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {chr(n) for n in range(0xFE00, 0xFE10)}
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts whose letters look like each other's."""


class Entity(Base):
    """Base of all entities: immutable, no unknown fields, NaN and infinity refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def refusal(code: str, expected: str) -> PydanticCustomError:
    """Return the error to raise in a validator, by the code and the expectation of the fault it becomes."""
    return PydanticCustomError(code, f"expected {expected}")


def check_code(text: str) -> str:
    """Refuse what a person cannot see in a code, or would take for something else."""
    if text.isascii() and text.isprintable():
        return text  # nearly always
    if not text.isprintable() or not _BLANK.isdisjoint(text):
        raise refusal("bad_value", "a code without control characters and without signs that nobody sees")
    if unicodedata.normalize("NFC", text) != text or any(map(_disguised, text)):
        raise refusal("bad_value", "a code of ordinary letters, in their composed form")
    scripts = {
        script for sign in text for script in _SCRIPTS if unicodedata.name(sign, "").startswith(script)
    }
    if len(scripts) > 1:
        raise refusal("bad_value", "a code whose letters are of one script: some look like others here")
    return text


def _disguised(sign: str) -> bool:
    """Return whether a letter or digit is another one in a special form, such as a wide or a raised one."""
    return sign.isalnum() and unicodedata.normalize("NFKC", sign) != sign


def _check_text(text: str) -> str:
    """Refuse control characters other than line breaks and tabs, and signs that turn the writing round."""
    for sign in text if not text.isprintable() else "":
        kind = unicodedata.category(sign)
        turning = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
        if turning or (kind in ("Cc", "Cs") and sign not in "\n\r\t"):
            raise refusal("bad_value", "text without control characters")
    return text


Code = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80, pattern=r"^[^\s\x00-\x1f](.*[^\s\x00-\x1f])?$"),
    AfterValidator(check_code),
]
"""A pseudonymous code that names something: 1 to 80 characters that can be seen, no space at either end."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_check_text)]
"""A name for people: 1 to 200 characters."""

Prose = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_check_text)]
"""Text for people: up to 10,000 characters."""

Minutes = Annotated[int, Field(ge=1, le=24 * 60, strict=True)]
"""A duration in minutes."""


def _exact(value: Any) -> Decimal:
    """Return a number exactly as it is written; minus nothing is nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise refusal("wrong_type", "a number such as 0.8")
    return abs(Decimal(str(value))) if value == 0 else Decimal(str(value))


def _plain(value: Decimal) -> float:
    return float(value)


_given = BeforeValidator(_exact)
_written = PlainSerializer(_plain, return_type=float, when_used="json")

FteValue = Annotated[
    Decimal,
    Field(ge=Decimal("0.05"), le=1, max_digits=8, decimal_places=2),
    _given,
    _written,
    WithJsonSchema({"type": "number", "minimum": 0.05, "maximum": 1}),
]
"""Full-time equivalent, exactly: 0.05 to 1, at most two decimal places."""

ShareValue = Annotated[
    Decimal,
    Field(ge=0, le=1, max_digits=8, decimal_places=2),
    _given,
    _written,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
"""A share, exactly: 0 to 1, at most two decimal places."""

PointsValue = Annotated[
    Decimal,
    Field(ge=0, le=1_000, max_digits=8, decimal_places=2),
    _given,
    _written,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1_000}),
]
"""Caseload points of one client, exactly: 0 to 1,000, at most two decimal places."""

CapValue = Annotated[
    Decimal,
    Field(ge=0, le=100_000, max_digits=8, decimal_places=2),
    _given,
    _written,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100_000}),
]
"""Caseload points of one clinician, exactly: 0 to 100,000, at most two decimal places."""

if TYPE_CHECKING:
    from safeschedule.problem.taking import Taking

    Fte = Taking[Decimal, Decimal | float]
    FteOrNone = Taking[Decimal | None, Decimal | float | None]
    Share = Taking[Decimal, Decimal | float]
    ShareOrNone = Taking[Decimal | None, Decimal | float | None]
    Points = Taking[Decimal, Decimal | float]
    PointsOrNone = Taking[Decimal | None, Decimal | float | None]
    Cap = Taking[Decimal, Decimal | float]
    CapOrNone = Taking[Decimal | None, Decimal | float | None]
else:
    Fte, FteOrNone = FteValue, FteValue | None
    Share, ShareOrNone = ShareValue, ShareValue | None
    Points, PointsOrNone = PointsValue, PointsValue | None
    Cap, CapOrNone = CapValue, CapValue | None
