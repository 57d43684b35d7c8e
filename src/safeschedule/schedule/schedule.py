"""The finished week, from any source: appointments, protected blocks, and what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from safeschedule.lazily import later
from safeschedule.problem.clock import Day, Minutes, Moment, Zone
from safeschedule.problem.entity import LONG, LONGEST, SHORT, Code, Entity, Name, Prose
from safeschedule.problem.fixed import BlockKind
from safeschedule.problem.taking import Entries, EntryOrNone, Many, Word, WordOrNone, usual
from safeschedule.problem.work import Mode
from safeschedule.schedule.provenance import ScheduleProvenance

if TYPE_CHECKING:
    from safeschedule.problem.problem import Problem as WeekProblem


class Item(Entity):
    """What stands in people's calendars: an id that lasts while it is moved, and how often it was changed.

    Two items are equal when they say the same of the week; ids and revisions do not count, because who
    compares asks whether somebody has to do anything else now.

    Parameters
    ----------
    id
        Unique in the schedule, and kept by what changes it; calendars tell by it what has moved.
        ``None``: it follows from the place in the week (see `safeschedule.schedule.identified`).
    revision
        How often it was changed since it was first given out.
    """

    id: Name | None = None
    revision: int = Field(default=0, ge=0, le=99_999, strict=True)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        facts = _facts(type(self))
        return bool(facts(self) == facts(other))

    def __hash__(self) -> int:
        return hash(_facts(type(self))(self))


@cache
def _facts(kind: type[Item]) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(name for name in kind.model_fields if name not in Item.model_fields))


class Appointment(Item):
    """A session with its time and people.

    Parameters
    ----------
    id, revision
        As of `Item`.
    request
        The request that it serves; ``None`` for group sessions, and for appointments from elsewhere.
    group
        The group of which it is a session; it serves what its clients have asked of the group.
    clients, clinicians
        One each, except for groups.
    site, room
        For in-person appointments, where they are known.
    attendants
        Interpreters, chaperones, students and the like who are booked for it.

    Examples
    --------
    >>> from datetime import datetime
    >>> from safeschedule import Appointment
    >>> start = datetime(2026, 10, 5, 9)
    >>> Appointment(session_type="talk", clients=("K1",), clinicians=("C1",), start=start, minutes=60).mode
    <Mode.IN_PERSON: 'in_person'>
    """

    request: Code | None = None
    group: Code | None = None
    session_type: Code
    clients: Many[Code] = Field(min_length=1, max_length=LONG)
    clinicians: Many[Code] = Field(min_length=1, max_length=SHORT)
    start: Moment
    minutes: Minutes
    mode: Word[Mode] = usual(Mode.IN_PERSON)
    site: Code | None = None
    room: Code | None = None
    attendants: Many[Code] = Field(default=usual(()), max_length=SHORT)

    @property
    def order(self) -> tuple[datetime, tuple[str, ...], tuple[str, ...]]:
        """By what the appointments of a schedule are sorted: time, then people."""
        return self.start, self.clinicians, self.clients


class Block(Item):
    """Protected, non-bookable time; joint blocks list everyone who attends.

    Parameters
    ----------
    id, revision
        As of `Item`.
    clinicians
        Who attends, without the supervisor.
    supervisor
        The supervisor who is there at the same time, for consultation and supervision.
    site
        Where travel leads.

    Examples
    --------
    >>> from datetime import datetime
    >>> from safeschedule import Block, BlockKind
    >>> start = datetime(2026, 10, 5, 12)
    >>> Block(kind=BlockKind.BREAK, clinicians=("C1",), start=start, minutes=30).minutes
    30
    """

    kind: Word[BlockKind]
    clinicians: Many[Code] = Field(min_length=1, max_length=LONG)
    start: Moment
    minutes: Minutes
    supervisor: Code | None = None
    site: Code | None = None

    @property
    def order(self) -> tuple[datetime, tuple[str, ...], BlockKind]:
        """By what the blocks of a schedule are sorted: time, then people."""
        return self.start, self.clinicians, self.kind


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
    kind: WordOrNone[LeftOutKind] = usual(None)
    rules: Many[Code] = Field(default=usual(()), max_length=SHORT)
    reason: Prose = ""


class CalledOff(Entity):
    """What some people had in their week and have no longer; their calendars are told.

    Parameters
    ----------
    clinicians
        Those whose calendars had it, attendants among them.
    appointment, block
        What it was, one of the two, as it was last; its revision is that of calling it off.
    """

    clinicians: Many[Code] = Field(min_length=1, max_length=LONG)
    appointment: EntryOrNone[Appointment] = usual(None)
    block: EntryOrNone[Block] = usual(None)


class Schedule(Entity):
    """A week's appointments and blocks with exact times.

    Parameters
    ----------
    called_off
        What earlier schedules of this week had, for calendars; nothing else looks at it.
    provenance
        How it came about; ``None`` where that is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Schedule
    >>> empty = Schedule(week_start=date(2026, 10, 5))
    >>> Schedule.from_dict(empty.to_dict()) == empty
    True
    """

    schema_version: Literal["1", "2"] = "2"
    problem: Name = "team"
    week_start: Day
    time_zone: Zone = "UTC"
    appointments: Entries[Appointment] = Field(default=usual(()), max_length=LONGEST)
    blocks: Entries[Block] = Field(default=usual(()), max_length=LONGEST)
    left_out: Entries[LeftOut] = Field(default=usual(()), max_length=LONGEST)
    called_off: Entries[CalledOff] = Field(default=usual(()), max_length=LONGEST)
    provenance: ScheduleProvenance | None = None

    def holding(self, appointments: Iterable[Appointment], blocks: Iterable[Block]) -> Schedule:
        """Return the schedule with these appointments and blocks, in their order, and all else kept."""
        return self.model_copy(
            update={
                "appointments": tuple(sorted(appointments, key=attrgetter("order"))),
                "blocks": tuple(sorted(blocks, key=attrgetter("order"))),
            }
        )

    def frames(self, problem: WeekProblem, backend: str = "pandas") -> dict[str, Any]:
        """Return the week as tidy data frames, by name: appointments, blocks, load, what is left out.

        Parameters
        ----------
        problem
            The week that was planned.
        backend
            ``pandas``, ``polars`` or ``pyarrow``.

        Raises
        ------
        InputError
            The two do not belong together, there is no such backend, or a library is not installed.

        Examples
        --------
        >>> people = schedule.frames(problem)["participation"]
        >>> minutes = people[people.role == "clinician"].groupby("person").minutes.sum()
        >>> len(minutes) == len(problem.clinicians)
        True
        """
        found: dict[str, Any] = later("exchange.frames.calls.schedule_frames", self, problem, backend)
        return found

    def _repr_html_(self) -> str:
        return str(later("reports.notebook.schedule_html", self))
