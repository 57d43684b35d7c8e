"""One week as it went."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from safeschedule.actuals.around import (
    Discharge,
    Event,
    FirstContact,
    HeldSupervision,
    RaisedFlag,
    Referral,
    StaffChange,
)
from safeschedule.actuals.happened import ActualVisit, ProtectedBlock, WorkedDay
from safeschedule.problem.clock import Day, Zone
from safeschedule.problem.entity import LONGEST, Entity, Name

if TYPE_CHECKING:
    from typing import Self


class Actuals(Entity):
    """What really happened in a week.

    Each list is ``None`` where nobody recorded such things, and empty where they were recorded and there were
    none. The two are never mixed up: a measure of what was not recorded is not known, not 0.

    Parameters
    ----------
    name
        The team, as in its problem.
    week_start
        The first of the seven dates.
    visits
        Appointments, one for each client.
    blocks
        Protected time.
    days
        Dates of clinicians.
    events, referrals, discharges, first_contacts, flags, supervision, staff
        What happened around them.

    Examples
    --------
    >>> from datetime import date
    >>> from safeschedule import Actuals
    >>> week = Actuals(week_start=date(2026, 10, 5), events=())
    >>> week.events, week.visits
    ((), None)
    >>> Actuals.from_dict(week.to_dict()) == week
    True
    """

    schema_version: Literal["1"] = "1"
    name: Name = "team"
    week_start: Day
    time_zone: Zone = "UTC"
    visits: tuple[ActualVisit, ...] | None = Field(default=None, max_length=LONGEST)
    blocks: tuple[ProtectedBlock, ...] | None = Field(default=None, max_length=LONGEST)
    days: tuple[WorkedDay, ...] | None = Field(default=None, max_length=LONGEST)
    events: tuple[Event, ...] | None = Field(default=None, max_length=LONGEST)
    referrals: tuple[Referral, ...] | None = Field(default=None, max_length=LONGEST)
    discharges: tuple[Discharge, ...] | None = Field(default=None, max_length=LONGEST)
    first_contacts: tuple[FirstContact, ...] | None = Field(default=None, max_length=LONGEST)
    flags: tuple[RaisedFlag, ...] | None = Field(default=None, max_length=LONGEST)
    supervision: tuple[HeldSupervision, ...] | None = Field(default=None, max_length=LONGEST)
    staff: tuple[StaffChange, ...] | None = Field(default=None, max_length=LONGEST)

    @property
    def dates(self) -> tuple[date, ...]:
        """The seven dates."""
        return tuple(self.week_start + timedelta(days=number) for number in range(7))

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Return the actuals of plain data, as `read_actuals` returns those of a file.

        Raises
        ------
        InputError
            They have faults; with all of them.
        """
        # What follows builds on this class.
        from safeschedule.actuals.reading import actuals_from_dict

        return actuals_from_dict(cls, data)
