"""Sites, rooms and the way between sites."""

from __future__ import annotations

from pydantic import Field

from safeschedule.problem.clock import Day, Span
from safeschedule.problem.entity import LONG, SHORT, Code, Entity, Name
from safeschedule.problem.taking import Entries, Many, usual


class Site(Entity):
    """A place where the service works; at one for telehealth only, such as a home, nobody is seen in person.

    Examples
    --------
    >>> from safeschedule import Site
    >>> Site(id="north").id
    'north'
    """

    id: Code
    telehealth_only: bool = False


class Closure(Entity):
    """A date on which the service is closed: nobody works then, and it is no leave of anybody.

    Parameters
    ----------
    name
        Why, such as the name of a public holiday.

    Examples
    --------
    >>> from safeschedule import Closure
    >>> str(Closure(date="2026-12-25", name="Christmas Day").date)
    '2026-12-25'
    """

    date: Day
    name: Name = "closed"


class Room(Entity):
    """A room for one appointment at a time.

    Parameters
    ----------
    kind, also
        What it is, and what else it serves as.
    seats
        People whom it holds, clinicians included.
    unavailable
        When it cannot be used.

    Examples
    --------
    >>> from safeschedule import Room
    >>> Room(id="room-1", kind="family", also=("consulting",)).seats
    4
    """

    id: Code
    kind: Code = "consulting"
    also: Many[Code] = Field(default=usual(()), max_length=SHORT)
    site: Code | None = None
    seats: int = Field(default=4, ge=1, le=1_000, strict=True)
    unavailable: Entries[Span] = Field(default=usual(()), max_length=LONG)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Everything that it serves as."""
        return self.kind, *self.also


class Equipment(Entity):
    """A piece of equipment for one appointment at a time, such as a testing kit; without a site it moves."""

    id: Code
    kind: Code
    site: Code | None = None


class Travel(Entity):
    """Minutes from one site to another, and back unless that way is stated on its own."""

    origin: Code
    destination: Code
    minutes: int = Field(ge=0, le=600, strict=True)
