"""What happened around the appointments: events, ways in and out, supervision, staff."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from safeschedule.problem.clock import Day, DayOrNone
from safeschedule.problem.entity import LONG, LONGEST, Code, Entity
from safeschedule.problem.fixed import BlockKind
from safeschedule.problem.people import Flag
from safeschedule.problem.taking import usual


class EventKind(StrEnum):
    """What is reported beside appointments."""

    INCIDENT = "incident"
    NEAR_MISS = "near_miss"
    COMPLAINT = "complaint"
    ESCALATION = "escalation"


class Event(Entity):
    """An incident, a near miss, a complaint or an escalation.

    It names the client or the team that it is about, never a clinician: events are learnt from, and nobody is
    counted by them (TC: measures are no weapon against individuals).
    """

    kind: EventKind
    on: Day
    client: Code | None = None
    team: Code | None = None


class Referral(Entity):
    """Somebody who was referred to the service; `triage` is the class given, where one was recorded."""

    client: Code
    received: Day
    triage: Code | None = None


class Discharge(Entity):
    """Somebody who left the caseload; `clinician` was the own one."""

    client: Code
    on: Day
    clinician: Code | None = None


class FirstContact(Entity):
    """The first contact with a client; `referred` is when the client was referred."""

    client: Code
    on: Day
    referred: DayOrNone = usual(None)


class RaisedFlag(Entity):
    """A flag that was set on a client."""

    client: Code
    flag: Flag
    on: Day


class HeldSupervision(Entity):
    """A supervision, a consultation, a case review or a debrief that was held.

    Parameters
    ----------
    attended
        Who was there, the supervisor left out.
    missed
        Who should have been there.
    discussed
        Clients who were discussed; ``None``: not recorded.
    """

    kind: BlockKind
    on: Day
    supervisor: Code | None = None
    attended: tuple[Code, ...] = Field(default=(), max_length=LONG)
    missed: tuple[Code, ...] = Field(default=(), max_length=LONG)
    discussed: tuple[Code, ...] | None = Field(default=None, max_length=LONGEST)


class StaffMove(StrEnum):
    """How somebody came or went."""

    JOINED = "joined"
    LEFT = "left"


class StaffChange(Entity):
    """Somebody who joined the team or left it."""

    clinician: Code
    on: Day
    move: StaffMove
