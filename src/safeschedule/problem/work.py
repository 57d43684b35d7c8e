"""Session types, requests and groups: the work to be placed."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool

from safeschedule.problem.attendants import AttendantNeeds
from safeschedule.problem.clock import DayOrNone, OverMidnight, Slot, Window
from safeschedule.problem.entity import LONG, SHORT, Code, Entity, Minutes, Share
from safeschedule.problem.taking import Entries, EntryOrNone, Many, Word, usual


class Intensity(StrEnum):
    """Emotional load of a session."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Kind(StrEnum):
    """What a session is, as far as rules tell kinds apart."""

    THERAPY = "therapy"
    INTAKE = "intake"
    CRISIS = "crisis"
    COURT = "court"
    GROUP = "group"
    MEDICATION = "medication"
    CASE_MANAGEMENT = "case_management"
    ASSESSMENT = "assessment"
    FAMILY = "family"
    REVIEW = "review"
    OTHER = "other"


class Mode(StrEnum):
    """How an appointment takes place."""

    IN_PERSON = "in_person"
    TELEHEALTH = "telehealth"


class AllowedMode(StrEnum):
    """How a request allows its sessions to take place."""

    IN_PERSON = "in_person"
    TELEHEALTH = "telehealth"
    EITHER = "either"


class SessionType(Entity):
    """A kind of session with its length and load.

    Parameters
    ----------
    minutes
        Length; a multiple of the problem's grid (the "50-minute hour" is 60 minutes of the rota).
    trauma_processing
        Whether recovery is due after it.
    documentation_minutes
        Extra documentation after it on its date, instead of the rulebook's for its kind.
    recovery_minutes
        Own recovery buffer, instead of the rulebook's.
    preparation_minutes
        Preparation directly before it; for a group, instead of the rulebook's. ``None``: none is said.
    room_kind
        The kind of room it needs in person; ``None``: no room is planned for it.
    equipment
        Kinds of equipment of which it needs a piece each, in person.
    smallest, largest
        Participants.
    facilitators
        Clinicians needed; groups may have two.
    needs_attendants
        Interpreters, chaperones, students and the like that each of its sessions needs.
    attendance
        Share of its sessions to which clients come; figures tell it, and nothing is booked twice for it.

    Examples
    --------
    >>> from safeschedule import Intensity, SessionType
    >>> SessionType(id="emdr", minutes=60, intensity=Intensity.HIGH, trauma_processing=True).largest
    1
    """

    id: Code
    minutes: Minutes
    intensity: Word[Intensity] = usual(Intensity.MODERATE)
    trauma_processing: StrictBool = False
    kind: Word[Kind] = usual(Kind.THERAPY)
    documentation_minutes: int | None = Field(default=None, ge=0, le=480, strict=True)
    recovery_minutes: int | None = Field(default=None, ge=0, le=240, strict=True)
    preparation_minutes: int | None = Field(default=None, ge=0, le=240, strict=True)
    room_kind: Code | None = None
    equipment: Many[Code] = Field(default=usual(()), max_length=SHORT)
    skills: Many[Code] = Field(default=usual(()), max_length=SHORT)
    smallest: int = Field(default=1, ge=1, le=200, strict=True)
    largest: int = Field(default=1, ge=1, le=200, strict=True)
    facilitators: int = Field(default=1, ge=1, le=2, strict=True)
    needs_attendants: AttendantNeeds = usual(())
    attendance: Share = usual(Decimal(1))


class Request(Entity):
    """A client's need for one or more sessions this week.

    Parameters
    ----------
    count
        How many sessions.
    with_clients
        Who comes to the same sessions: the other one of a couple, the others of a family; all or nobody.
    with_clinicians
        Who gives them together with the clinician (co-therapy). In a problem a request with either becomes a
        group of its own, and requests of all its clients for that group.
    group
        The group whose sessions are asked for; it decides about clinicians, mode, site and times.
    priority
        1 (lowest) to 5.
    clinician
        The named clinician; ``None``: the own clinician, or for new clients whoever can.
    skills
        Needed beside those of the session type; languages and licences are skills too.
    needs_attendants
        Attendants needed beside those of the session type, by telehealth as in person; of one skill the
        larger number counts.
    site
        Where an in-person session has to be; ``None``: where the clinician is.
    standing
        The weekday and time of a standing appointment (only with a count of 1).
    daily_sessions, days_between
        Most of its sessions on a date, instead of the rulebook's, and free dates between two dates with some.
    same_time
        Whether its sessions all start at one time of day.
    every
        It is asked for again so many weeks after it was met; ``None``: it is for this week only.
    earliest, latest
        First and last date.

    Examples
    --------
    >>> from safeschedule import Request
    >>> Request(id="R1", client="K1", session_type="emdr", priority=4).count
    1
    """

    id: Code
    client: Code
    session_type: Code
    with_clients: Many[Code] = Field(default=usual(()), max_length=SHORT)
    with_clinicians: Many[Code] = Field(default=usual(()), max_length=SHORT)
    group: Code | None = None
    count: int = Field(default=1, ge=1, le=40, strict=True)
    priority: int = Field(default=3, ge=1, le=5, strict=True)
    clinician: Code | None = None
    skills: Many[Code] = Field(default=usual(()), max_length=SHORT)
    needs_attendants: AttendantNeeds = usual(())
    mode: Word[AllowedMode] = usual(AllowedMode.IN_PERSON)
    site: Code | None = None
    windows: Annotated[Entries[Window], OverMidnight] = Field(default=usual(()), max_length=LONG)
    earliest: DayOrNone = usual(None)
    latest: DayOrNone = usual(None)
    standing: EntryOrNone[Slot] = usual(None)
    daily_sessions: int | None = Field(default=None, ge=1, le=40, strict=True)
    days_between: int | None = Field(default=None, ge=0, le=6, strict=True)
    same_time: StrictBool = False
    every: int | None = Field(default=None, ge=1, le=52, strict=True)


class Group(Entity):
    """A group programme: sessions that several clients share. Clients ask for it by requests.

    Parameters
    ----------
    session_type
        Length, sizes, facilitators and room of its sessions.
    members
        Who belongs to it.
    open
        Whether clients who do not belong to it may come as well.
    facilitators
        Who may lead it; empty: everyone with the session type's skills.
    sessions
        Most sessions in the week.
    needs_attendants
        Attendants needed beside those of the session type.
    slots
        When its sessions start; empty: at any time.
    site
        Where a session in person is; ``None``: where its facilitators are.

    Examples
    --------
    >>> from safeschedule import Group
    >>> Group(id="skills", session_type="group", members=("K1", "K2")).open
    False
    """

    id: Code
    session_type: Code
    members: Many[Code] = Field(default=usual(()), max_length=LONG)
    open: StrictBool = False
    facilitators: Many[Code] = Field(default=usual(()), max_length=LONG)
    sessions: int = Field(default=1, ge=1, le=200, strict=True)
    needs_attendants: AttendantNeeds = usual(())
    slots: Entries[Slot] = Field(default=usual(()), max_length=LONG)
    mode: Word[Mode] = usual(Mode.IN_PERSON)
    site: Code | None = None
