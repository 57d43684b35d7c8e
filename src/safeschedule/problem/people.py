"""Clinicians and clients, and what belongs to them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictBool

from safeschedule.problem.clock import Clock, DayOrNone, Moment, OverMidnight, Span, Weekday, Window
from safeschedule.problem.entity import (
    LONG,
    SHORT,
    CapOrNone,
    Code,
    Entity,
    Fte,
    Points,
    PointsOrNone,
    ShareOrNone,
)
from safeschedule.problem.taking import Entries, Many, Word, Words, usual

PASSED = "passed"
"""The kind of leave that is no time off, but says that working time is gone."""


class WorkingPeriod(Entity):
    """A span of one weekday in which a clinician works, perhaps at a named site.

    Two periods of one clinician must not overlap. An appointment or block lies inside one period, or over
    midnight in two that adjoin there and are alike. In one that is for telehealth only nobody is seen in
    person. In a list, one that ends before it starts ends on the next day; it is kept as two.
    """

    day: Word[Weekday]
    start: Clock
    end: Clock
    site: Code | None = None
    telehealth_only: bool = False


class Leave(Span):
    """Time off; nothing is scheduled in it."""

    start: Moment  # again: type checkers do not see what an inherited field takes
    end: Moment
    kind: Code = "leave"


class Clinician(Entity):
    """One member of the team who sees clients or supervises.

    Parameters
    ----------
    id
        A code, not a name.
    role
        Looked up in the role tables of the caseload rules.
    fte
        Full-time equivalent, 0.05 to 1.
    working
        Working periods by weekday; of a night, the evening and the morning.
    contracted_minutes
        Weekly minutes by contract, when less than the working periods add up to.
    sites
        Where the clinician may work, for periods that name no site; empty: anywhere.
    supervisor
        The named supervisor.
    is_supervisor
        Whether this clinician may host consultations and supervise.
    new_in_post
        Whether the extra supervision for new staff is due.
    caseload_cap, high_acuity_cap, daily_sessions, weekly_sessions
        Own limits, as they stand at this clinician's FTE; they replace those of the rulebook.
    preferred
        Preferred windows for client sessions.
    target_sessions
        Sessions that are meant to be given in a week; reports hold the week against it.
    teams
        The teams to which the clinician belongs.
    cover
        Who covers urgent matters during leave.

    Examples
    --------
    >>> from safeschedule import Clinician, Weekday, WorkingPeriod
    >>> monday = WorkingPeriod(day=Weekday.MON, start=9 * 60, end=17 * 60)
    >>> Clinician(id="C1", working=(monday,), skills=("emdr",)).telehealth
    True
    """

    id: Code
    role: Code = "clinician"
    fte: Fte = usual(Decimal(1))
    working: Annotated[Entries[WorkingPeriod], OverMidnight] = Field(max_length=LONG)
    contracted_minutes: int | None = Field(default=None, ge=1, le=7 * 24 * 60, strict=True)
    skills: Many[Code] = Field(default=usual(()), max_length=SHORT)
    sites: Many[Code] = Field(default=usual(()), max_length=SHORT)
    telehealth: StrictBool = True
    supervisor: Code | None = None
    is_supervisor: StrictBool = False
    new_in_post: StrictBool = False
    caseload_cap: CapOrNone = usual(None)
    high_acuity_cap: int | None = Field(default=None, ge=0, le=10_000, strict=True)
    daily_sessions: int | None = Field(default=None, ge=0, le=288, strict=True)
    weekly_sessions: int | None = Field(default=None, ge=0, le=2_016, strict=True)
    target_sessions: int | None = Field(default=None, ge=0, le=2_016, strict=True)
    preferred: Annotated[Entries[Window], OverMidnight] = Field(default=usual(()), max_length=LONG)
    leave: Entries[Leave] = Field(default=usual(()), max_length=LONG)
    teams: Many[Code] = Field(default=usual(()), max_length=SHORT)
    cover: Code | None = None


class Flag(StrEnum):
    """What weighs on the work with a client beside the acuity band."""

    CRISIS_RISK = "crisis_risk"
    TRAUMA_PROCESSING = "trauma_processing"
    COORDINATION = "coordination"
    SAFETY_PLANNING = "safety_planning"
    VOLATILE = "volatile"


class AcuityBand(Entity):
    """One acuity band: points, contact expectation and review interval.

    Parameters
    ----------
    rank
        1 for the lowest band, rising.
    points
        Caseload points of a client of this band, before modifiers.
    high_acuity
        Whether its clients count as high acuity.
    contact_days
        Longest time between two contacts, in days.
    review_days
        Longest time between two reviews, in days.
    contact_type, review_type
        Session types by which contacts and reviews of this band are asked for; ``None``: they are not
        asked for without a request.
    escalation
        Flags with which a client of this band should be in the next higher one (AB: escalation rule).
    """

    id: Code
    rank: int = Field(ge=1, le=9, strict=True)
    points: Points
    high_acuity: StrictBool = False
    contact_days: int = Field(default=28, ge=1, le=365, strict=True)
    review_days: int = Field(default=90, ge=1, le=730, strict=True)
    contact_type: Code | None = None
    review_type: Code | None = None
    escalation: Words[Flag] = Field(default=usual(()), max_length=SHORT)


def default_bands() -> tuple[AcuityBand, ...]:
    """Return the four default bands.

    Points of the first three follow TC (1, 2, 3); four bands follow AB. The fourth's points and all
    intervals are assumptions.
    """
    return (
        AcuityBand(id="low", rank=1, points=Decimal(1), contact_days=28, review_days=180),
        AcuityBand(id="moderate", rank=2, points=Decimal(2), contact_days=14, review_days=90),
        AcuityBand(id="high", rank=3, points=Decimal(3), high_acuity=True, contact_days=7, review_days=30),
        AcuityBand(
            id="very_high", rank=4, points=Decimal(4), high_acuity=True, contact_days=3, review_days=14
        ),
    )


class Client(Entity):
    """One client, by a pseudonymous code.

    Parameters
    ----------
    band
        The acuity band.
    points
        Own caseload points, instead of the band's and the modifiers.
    clinician
        The own clinician; ``None`` for somebody who is new to the caseloads.
    windows
        When the client can come; empty: at any time.
    preferred
        When the client likes to come.
    days_between
        Free dates between two sessions, instead of the rulebook's (0 for daily programmes).
    daily_sessions
        Most sessions on a date, instead of the rulebook's.
    daily_least
        Least sessions on a date on which the client has any (day programmes).
    comes_daily
        Whether these are due on each date on which the client can come.
    five_day_sessions
        Most sessions in any five dates in a row.
    attendance
        Share of the sessions to which the client comes, instead of the session type's.

    Examples
    --------
    >>> from safeschedule import Client, Flag
    >>> Client(id="K1", clinician="C1", band="high", flags=(Flag.VOLATILE,)).band
    'high'
    """

    id: Code
    band: Code = "moderate"
    points: PointsOrNone = usual(None)
    clinician: Code | None = None
    flags: Words[Flag] = Field(default=usual(()), max_length=SHORT)
    windows: Annotated[Entries[Window], OverMidnight] = Field(default=usual(()), max_length=LONG)
    preferred: Annotated[Entries[Window], OverMidnight] = Field(default=usual(()), max_length=LONG)
    days_between: int | None = Field(default=None, ge=0, le=6, strict=True)
    daily_sessions: int | None = Field(default=None, ge=1, le=40, strict=True)
    daily_least: int | None = Field(default=None, ge=0, le=40, strict=True)
    comes_daily: StrictBool = False
    five_day_sessions: int | None = Field(default=None, ge=0, le=200, strict=True)
    attendance: ShareOrNone = usual(None)
    last_contact: DayOrNone = usual(None)
    waiting_since: DayOrNone = usual(None)
    next_review: DayOrNone = usual(None)
