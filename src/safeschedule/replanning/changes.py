"""What can change during a week, as entities of a file: a JSON list, told apart by the field ``change``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, RootModel, StrictBool

from safeschedule.problem import Client, Flag, Leave, Request, WorkingPeriod
from safeschedule.problem.clock import Moment, OverMidnight
from safeschedule.problem.entity import LONG, Code, Entity
from safeschedule.problem.taking import Entries, EntriesOrNone, Entry, EntryOrNone, Word, usual

if TYPE_CHECKING:
    HoursOrNone = EntriesOrNone[WorkingPeriod]
else:
    HoursOrNone = Annotated[tuple[WorkingPeriod, ...], OverMidnight] | None


class SickCall(Entity):
    """A clinician is ill: leave of the kind ``sick``.

    Parameters
    ----------
    start, end
        Local time; the end is excluded.
    cover
        Who takes urgent matters, instead of the clinician's own cover.
    supervisor
        Who supervises meanwhile: named for all whose named supervisor is the clinician.

    Examples
    --------
    >>> from datetime import datetime
    >>> from safeschedule import SickCall
    >>> SickCall(clinician="C1", start=datetime(2026, 10, 5), end=datetime(2026, 10, 7)).change
    'sick_call'
    """

    change: Literal["sick_call"] = "sick_call"
    clinician: Code
    start: Moment
    end: Moment
    cover: Code | None = None
    supervisor: Code | None = None


class NewRequest(Entity):
    """A need that arose during the week.

    Parameters
    ----------
    request
        What is asked for; with a priority of 5, or a session of the kind crisis, it is urgent.
    client
        Who asks, when the problem does not know the client.
    """

    change: Literal["new_request"] = "new_request"
    request: Entry[Request]
    client: EntryOrNone[Client] = usual(None)


class CancelledSession(Entity):
    """A session is called off: a client's (by its request), or a group's for everybody (by the group).

    Parameters
    ----------
    request, group
        One of the two. A client's request for a group gives up the client's place in that session.
    start
        When it was to begin.
    rebook
        Whether another time is wanted. Without it the need is gone.
    """

    change: Literal["cancelled_session"] = "cancelled_session"
    request: Code | None = None
    group: Code | None = None
    start: Moment
    rebook: StrictBool = False


class LostRoom(Entity):
    """A room cannot be used for a time."""

    change: Literal["lost_room"] = "lost_room"
    room: Code
    start: Moment
    end: Moment


class LostAttendant(Entity):
    """An interpreter, a chaperone or another attendant cannot come for a time: leave of the kind ``sick``.

    Sessions that nobody else can attend then are placed anew, or left out.
    """

    change: Literal["lost_attendant"] = "lost_attendant"
    attendant: Code
    start: Moment
    end: Moment


class RiskFlag(Entity):
    """A client carries a flag from now on, perhaps in another acuity band.

    Parameters
    ----------
    band
        The band that a clinician has confirmed; ``None``: as it was.
    """

    change: Literal["risk_flag"] = "risk_flag"
    client: Code
    flag: Word[Flag]
    band: Code | None = None


class ChangedHours(Entity):
    """A clinician works at other times.

    Parameters
    ----------
    working
        All working periods, instead of those that were; ``None``: as they were.
    leave
        Leave that is added.
    """

    change: Literal["changed_hours"] = "changed_hours"
    clinician: Code
    working: HoursOrNone = Field(default=usual(None), max_length=LONG)
    leave: Entries[Leave] = Field(default=usual(()), max_length=LONG)


Change = Annotated[
    SickCall | NewRequest | CancelledSession | LostRoom | LostAttendant | RiskFlag | ChangedHours,
    Field(discriminator="change"),
]
"""Any of the changes."""

CHANGES = (SickCall, NewRequest, CancelledSession, LostRoom, LostAttendant, RiskFlag, ChangedHours)
"""The classes of changes."""


class Changes(RootModel[Annotated[tuple[Change, ...], Field(max_length=10 * LONG)]]):
    """The changes of a file."""
