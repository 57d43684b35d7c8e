"""What is fixed before planning: meetings, pins, incidents, and last week."""

from __future__ import annotations

from enum import StrEnum

from safeschedule.problem.clock import Moment
from safeschedule.problem.entity import Code, Entity, Minutes
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


class Meeting(Entity):
    """A meeting fixed by others; its clinicians are busy."""

    id: Code
    start: Moment
    minutes: Minutes
    clinicians: tuple[Code, ...]


class PinnedAppointment(Entity):
    """A session of a request whose clinician and time are decided."""

    request: Code
    clinician: Code
    start: Moment
    mode: Mode | None = None
    room: Code | None = None


class PinnedBlock(Entity):
    """A protected block whose time and people are decided."""

    kind: BlockKind
    clinicians: tuple[Code, ...]
    start: Moment
    minutes: Minutes
    supervisor: Code | None = None


class Incident(Entity):
    """A critical incident; its debriefing rule comes with a later version."""

    id: Code
    happened: Moment
    clinicians: tuple[Code, ...]


class PastAppointment(Entity):
    """An appointment of the weeks before, as far as rules look back."""

    client: Code
    clinician: Code
    start: Moment
    minutes: Minutes
    kind: Kind = Kind.THERAPY
    intensity: Intensity = Intensity.MODERATE


class History(Entity):
    """The weeks before this one."""

    appointments: tuple[PastAppointment, ...] = ()
