"""What is fixed before planning: meetings, pins, incidents, and last week."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, StrictBool

from safeschedule.problem.clock import Moment
from safeschedule.problem.entity import LONG, LONGEST, SHORT, Code, Entity, Minutes
from safeschedule.problem.taking import Entries, Many, Word, WordOrNone, usual
from safeschedule.problem.work import Intensity, Kind, Mode


class BlockKind(StrEnum):
    """Kinds of protected, non-bookable time."""

    DOCUMENTATION = "documentation"
    CONSULTATION = "consultation"
    SUPERVISION = "supervision"
    COORDINATION = "coordination"
    CASE_REVIEW = "case_review"
    BREAK = "break"
    GROUP_PREPARATION = "group_preparation"
    DEBRIEF = "debrief"
    URGENT_SLOT = "urgent_slot"
    RESET = "reset"
    RECOVERY = "recovery"
    COVER = "cover"
    RESERVE = "reserve"
    TRAVEL = "travel"
    PREPARATION = "preparation"
    OTHER = "other"


BUFFERS = (BlockKind.RECOVERY, BlockKind.PREPARATION)
"""Kinds of blocks that are written in beside their sessions, and go where these go."""

JOINT = (BlockKind.CONSULTATION, BlockKind.SUPERVISION, BlockKind.CASE_REVIEW, BlockKind.DEBRIEF)
"""Kinds of blocks that clinicians have with a supervisor."""

OWN = (
    BlockKind.DOCUMENTATION,
    BlockKind.COORDINATION,
    BlockKind.BREAK,
    BlockKind.GROUP_PREPARATION,
    BlockKind.RESET,
    BlockKind.COVER,
    BlockKind.RESERVE,
    BlockKind.TRAVEL,
)
"""Kinds of blocks that a clinician has alone, and may move without anybody minding."""

YIELDING = (BlockKind.DOCUMENTATION, BlockKind.BREAK, BlockKind.RESERVE, BlockKind.RESET)
"""Those of them that make way for an urgent case, as far as the rules let them."""

BROUGHT = (BlockKind.DOCUMENTATION, BlockKind.COORDINATION, BlockKind.RESET, BlockKind.COVER)
"""Those of them that a session may bring with it."""


class Meeting(Entity):
    """A meeting fixed by others; its clinicians are busy.

    Parameters
    ----------
    weekly
        Whether it is there in the weeks after, too.
    room
        The room that it takes, in which no session can be then.
    """

    id: Code
    start: Moment
    minutes: Minutes
    clinicians: Many[Code] = Field(min_length=1, max_length=LONG)
    weekly: StrictBool = False
    room: Code | None = None


class PinnedAppointment(Entity):
    """A session of a request whose clinician and time are decided, and perhaps who attends it."""

    request: Code
    clinician: Code
    start: Moment
    mode: WordOrNone[Mode] = usual(None)
    room: Code | None = None
    attendants: Many[Code] = Field(default=usual(()), max_length=SHORT)


class PinnedGroup(Entity):
    """A session of a group whose clinicians and time are decided, and some or all of its clients.

    Where it names attendants, these attend it and no others.
    """

    group: Code
    clinicians: Many[Code] = Field(min_length=1, max_length=LONG)
    start: Moment
    clients: Many[Code] = Field(default=usual(()), max_length=LONG)
    attendants: Many[Code] = Field(default=usual(()), max_length=SHORT)


class PinnedBlock(Entity):
    """A protected block whose time and people are decided; travel says where it leads."""

    kind: Word[BlockKind]
    clinicians: Many[Code] = Field(min_length=1, max_length=LONG)
    start: Moment
    minutes: Minutes
    supervisor: Code | None = None
    site: Code | None = None


class Incident(Entity):
    """A critical incident.

    Parameters
    ----------
    clinicians
        Who is affected.
    debriefed, followed_up
        Whose debrief, and whose follow-up, has been held already.
    """

    id: Code
    happened: Moment
    clinicians: Many[Code] = Field(min_length=1, max_length=LONG)
    debriefed: Many[Code] = Field(default=usual(()), max_length=LONG)
    followed_up: Many[Code] = Field(default=usual(()), max_length=LONG)


class PastAppointment(Entity):
    """An appointment of the weeks before, as far as rules look back."""

    client: Code
    clinician: Code
    start: Moment
    minutes: Minutes
    kind: Word[Kind] = usual(Kind.THERAPY)
    intensity: Word[Intensity] = usual(Intensity.MODERATE)


class History(Entity):
    """The weeks before this one."""

    appointments: Entries[PastAppointment] = Field(default=usual(()), max_length=2 * LONGEST)
