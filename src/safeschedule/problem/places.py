"""Sites, rooms and the way between sites."""

from __future__ import annotations

from pydantic import Field

from safeschedule.problem.entity import Code, Entity


class Site(Entity):
    """A place where the service works."""

    id: Code


class Room(Entity):
    """A room for one appointment at a time."""

    id: Code
    kind: Code = "consulting"
    site: Code | None = None
    seats: int = Field(default=4, ge=1)


class Travel(Entity):
    """Minutes from one site to another; its rule comes with a later version."""

    origin: Code
    destination: Code
    minutes: int = Field(ge=0, le=600)
