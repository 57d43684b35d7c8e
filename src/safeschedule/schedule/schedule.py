"""The finished week, from any source: appointments, protected blocks, and what was left out."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from safeschedule.problem.clock import Day, Minutes, Moment, Zone
from safeschedule.problem.entity import LONG, LONGEST, SHORT, Code, Entity, Name, Prose
from safeschedule.problem.fixed import BlockKind
from safeschedule.problem.work import Mode


class Appointment(Entity):
    """A session with its time and people.

    Parameters
    ----------
    request
        The request that it serves; ``None`` for group sessions, and for appointments from elsewhere.
    group
        The group of which it is a session; it serves what its clients have asked of the group.
    clients, clinicians
        One each, except for groups.
    site, room
        For in-person appointments, where they are known.
    """

    request: Code | None = None
    group: Code | None = None
    session_type: Code
    clients: tuple[Code, ...] = Field(min_length=1, max_length=LONG)
    clinicians: tuple[Code, ...] = Field(min_length=1, max_length=SHORT)
    start: Moment
    minutes: Minutes
    mode: Mode = Mode.IN_PERSON
    site: Code | None = None
    room: Code | None = None


class Block(Entity):
    """Protected, non-bookable time; joint blocks list everyone who attends.

    Parameters
    ----------
    clinicians
        Who attends, without the supervisor.
    supervisor
        The supervisor who is there at the same time, for consultation and supervision.
    site
        Where travel leads.
    """

    kind: BlockKind
    clinicians: tuple[Code, ...] = Field(min_length=1, max_length=LONG)
    start: Moment
    minutes: Minutes
    supervisor: Code | None = None
    site: Code | None = None


class LeftOutKind(StrEnum):
    """What is known of a request that is left out."""

    IMPOSSIBLE = "impossible"
    BLOCKED = "blocked"
    FITS = "fits"
    NOT_EXAMINED = "not_examined"


class LeftOut(Entity):
    """Sessions of a request that are not in the schedule, and why.

    Parameters
    ----------
    sessions
        How many of the request's sessions are left out.
    kind
        ``impossible``: the rules forbid every opening, whatever else is planned; ``blocked``: they forbid it
        as the week stands, also when own blocks move; ``fits``: it fits, and the search ended before it was
        placed; ``not_examined``: not all openings were looked at. ``None``: nobody says.
    rules
        The rules that stood against it; of those none can be spared.
    reason
        One plain sentence.
    """

    request: Code
    sessions: int = Field(default=1, ge=1, le=200, strict=True)
    kind: LeftOutKind | None = None
    rules: tuple[Code, ...] = Field(default=(), max_length=SHORT)
    reason: Prose = ""


class Schedule(Entity):
    """A week's appointments and blocks with exact times."""

    schema_version: Literal["1"] = "1"
    problem: Name = "team"
    week_start: Day
    time_zone: Zone = "UTC"
    appointments: tuple[Appointment, ...] = Field(default=(), max_length=LONGEST)
    blocks: tuple[Block, ...] = Field(default=(), max_length=LONGEST)
    left_out: tuple[LeftOut, ...] = Field(default=(), max_length=LONGEST)
