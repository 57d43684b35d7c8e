"""What all entities of a problem share: frozen, unknown fields refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field, PlainSerializer, StringConstraints

from safeschedule.problem.base import Base


class Entity(Base):
    """Base of all entities: immutable, no unknown fields, NaN and infinity refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


Code = Annotated[
    str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\s\x00-\x1f](.*[^\s\x00-\x1f])?$")
]
"""A pseudonymous code that names something: 1 to 80 characters, no space at either end."""

Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
"""A duration in minutes."""

Exact = Annotated[
    Decimal,
    Field(ge=0, le=100_000, max_digits=8, decimal_places=2),
    PlainSerializer(lambda value: float(value), return_type=float, when_used="json"),
]
"""An exact decimal, at most two places, not negative."""
