"""What contents of entries are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, Field, PlainSerializer, StringConstraints

from safeschedule.problem.entity import Code, Entity, Prose, refusal
from safeschedule.schedule.provenance import Stamp


def _said(text: str) -> str:
    if not text.strip():
        raise refusal("bad_value", "a few words")
    return text


def _to_the_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


Said = Annotated[Prose, AfterValidator(_said)]
"""Text for people that says something."""

Moment = Annotated[
    Stamp,
    AfterValidator(_to_the_second),
    PlainSerializer(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}", return_type=str),
]
"""A time in UTC, to the second."""

Exact = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,5})(\.[0-9]{1,2})?$")]
"""A number as text, such as "56.5": binary fractions have no one way to be written, and hashes need one."""

Number = Annotated[int, Field(ge=1, le=10**9, strict=True)]
"""The number of an entry."""


class Signatory(Entity):
    """Who decides or confirms.

    Parameters
    ----------
    role
        In which function, such as ``service_lead``.
    code
        A code, never a name.
    """

    role: Code
    code: Code

    def __str__(self) -> str:
        return f"{self.role} {self.code}"
