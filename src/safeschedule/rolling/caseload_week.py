"""The caseload of one week of a roll: who was taken, who waits, what panels there are, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safeschedule.actuals import Actuals
from safeschedule.caseload import BandChange, BandProposal
from safeschedule.caseload.panels import Panel
from safeschedule.ledger import OverrideInForce, Statement
from safeschedule.returned import Returned
from safeschedule.rolling.caseload_figures import CaseloadRow
from safeschedule.routing.allocating import Unallocated


@dataclass(frozen=True)
class TakenClient(Returned):
    """A client who has the first session in a week.

    Parameters
    ----------
    client, clinician
        Who, and on whose caseload the client is from then on.
    triage
        The triage class, as it was when the client came.
    first_on
        The date of the session.
    waited
        Days since the client waits; ``None``: not known.
    in_time
        Whether that is by the target of the class; ``None``: not known.
    routed_later
        Whether the plan had left the client out, or the client came while the week was under way.
    """

    client: str
    clinician: str
    triage: str
    first_on: date
    waited: int | None
    in_time: bool | None
    routed_later: bool


@dataclass(frozen=True)
class CaseloadWeek(Returned):
    """The caseload of one week of a roll.

    Parameters
    ----------
    row
        Its figures.
    taken
        Who has the first session, in the order of dates.
    held_back
        Whom nobody could take, in the order of the list, with the reasons.
    discharged
        Who has left since the week before.
    bands, proposed
        Bands that were taken as confirmed, and those that wait for a clinician.
    panel
        The panels of the week, with those who were taken.
    overrides
        Overrides in force on its first date.
    actuals
        What the plan says of ways in and out, in the form in which weeks are recorded: for measures and the
        waitlist. What only happens on the day is not known in it.
    decisions
        Statements for a ledger, signed by nobody yet: the role in them is ``roll``.
    """

    row: CaseloadRow
    taken: tuple[TakenClient, ...]
    held_back: tuple[Unallocated, ...]
    discharged: tuple[str, ...]
    bands: tuple[BandChange, ...]
    proposed: tuple[BandProposal, ...]
    panel: Panel
    overrides: tuple[OverrideInForce, ...]
    actuals: Actuals
    decisions: tuple[Statement, ...]
