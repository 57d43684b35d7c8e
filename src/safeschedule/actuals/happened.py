"""What became of a week's appointments, protected blocks and working days."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool

from safeschedule.problem.clock import DAY, Day, DayOrNone, Minutes, Moment, MomentOrNone
from safeschedule.problem.entity import SHORT, Code, Entity, Prose
from safeschedule.problem.fixed import BlockKind
from safeschedule.problem.taking import usual
from safeschedule.problem.work import Kind

Worked = Annotated[int, Field(ge=0, le=DAY, strict=True)]
"""Minutes of one date, 0 included."""


class Attendance(StrEnum):
    """What became of an appointment of one client.

    Record systems that only say "cancelled" give ``cancelled``: neither when nor by whom is guessed.
    """

    ATTENDED = "attended"
    NO_SHOW = "no_show"
    CANCELLED_LATE = "cancelled_late"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_BY_SERVICE = "cancelled_by_service"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"


class ActualVisit(Entity):
    """One client's appointment, as it was planned and as it went; of a group, one for each client.

    Parameters
    ----------
    clinicians
        Who was to give it.
    planned, minutes
        Its start and length as planned.
    session_type, kind
        What it was.
    group
        The group of which it was a session.
    booked
        The date on which it was booked; the lead time counts from it.
    outcome
        ``None``: not known, such as of an appointment still to come.
    began, ended
        The real times.
    documented
        When the note was finished.

    Examples
    --------
    >>> from safeschedule import ActualVisit
    >>> ActualVisit(client="K1", clinicians=("C1",), planned="2026-10-05T09:00", minutes=60).outcome is None
    True
    """

    client: Code
    clinicians: tuple[Code, ...] = Field(min_length=1, max_length=SHORT)
    planned: Moment
    minutes: Minutes
    session_type: Code | None = None
    kind: Kind | None = None
    group: Code | None = None
    booked: DayOrNone = usual(None)
    outcome: Attendance | None = None
    began: MomentOrNone = usual(None)
    ended: MomentOrNone = usual(None)
    documented: MomentOrNone = usual(None)


class BlockFate(StrEnum):
    """What became of protected time."""

    KEPT = "kept"
    MOVED = "moved"
    LOST = "lost"


class ProtectedBlock(Entity):
    """Protected time of one clinician, and what became of it.

    Parameters
    ----------
    fate
        ``None``: not known.
    moved_to
        The new start of time that was moved.
    reason
        Why it was moved or lost.
    """

    clinician: Code
    kind: BlockKind
    planned: Moment
    minutes: Minutes
    fate: BlockFate | None = None
    moved_to: MomentOrNone = usual(None)
    reason: Prose = ""


class Presence(StrEnum):
    """Whether somebody was at work on a working day."""

    PRESENT = "present"
    SICK = "sick"
    ABSENT = "absent"


class WorkedDay(Entity):
    """One clinician's date; whatever nobody recorded is ``None``, never 0.

    Parameters
    ----------
    presence
        ``absent``: away without being sick, and not on planned leave.
    missed_break
        Whether the meal break was missed.
    minutes_outside
        Minutes worked outside the working hours, documentation included.
    documentation_outside
        Those of them spent on documentation.
    """

    clinician: Code
    date: Day
    presence: Presence | None = None
    missed_break: StrictBool | None = None
    minutes_outside: Worked | None = None
    documentation_outside: Worked | None = None
