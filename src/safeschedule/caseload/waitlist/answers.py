"""What is said of a waitlist, and of each client on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeschedule.returned import Returned
from safeschedule.verifier import wording

_WEEK = 7


class ThroughputBasis(StrEnum):
    """From which weekly numbers waits are told."""

    FIRST_CONTACTS = "first_contacts"
    DISCHARGES = "discharges"
    SIMULATED = "simulated"


@dataclass(frozen=True)
class WaitRange(Returned):
    """Between which dates the first appointment lies in a share of what may come.

    Parameters
    ----------
    share
        In percent.
    first, last
        The dates; ``None``: later than the two years that are looked at.
    weeks
        The same in whole weeks from the week's first date, rounded outwards.
    """

    share: int
    first: date | None
    last: date | None
    weeks: tuple[int | None, int | None]

    def __str__(self) -> str:
        low, high = self.weeks
        if low is None:
            return "more than two years"
        return f"more than {wording.count(low, 'week')}" if high is None else _between(low, high)


def _between(low: int, high: int) -> str:
    return f"less than {wording.count(high, 'week')}" if low == 0 else f"{low} to {high} weeks"


@dataclass(frozen=True)
class WaitOption(Returned):
    """What there is for somebody who waits.

    Parameters
    ----------
    kind
        ``group``, or ``other`` for what the service offers beside.
    code
        Of the group, or of the offer.
    says
        What it is.
    """

    kind: str
    code: str
    says: str


@dataclass(frozen=True)
class WaitingClient(Returned):
    """Somebody who waits.

    Parameters
    ----------
    client, band, triage
        The client, the acuity band, and the triage class.
    place
        In the order of the list; 1 is next.
    since
        Since when the client waits; ``None``: not known.
    waited
        Working days until the week's first date.
    target, overdue
        The date until which the client is to be seen, and the working days by which it has passed.
    likely, range
        Ranges of the date of the first appointment that hold it in 50 % and in 90 % of what may come;
        ``None``: not known.
    unknown
        Why the wait is not known; empty where it is.
    check_in, check_in_overdue
        When the next check-in is due, and whether that was before the week; ``None``: none is, as no risk
        is known.
    information_until, information_expired
        Until when what is known of the client holds, and whether that has passed; ``None``: not known.
    options
        What there is meanwhile, or instead.
    """

    client: str
    band: str
    triage: str
    place: int
    since: date | None
    waited: int | None
    target: date | None
    overdue: int
    likely: WaitRange | None
    range: WaitRange | None
    unknown: str
    check_in: date | None
    check_in_overdue: bool
    information_until: date | None
    information_expired: bool
    options: tuple[WaitOption, ...]

    def __str__(self) -> str:
        told = "not known" if self.range is None else f"{self.range} (90 %)"
        late = f", {wording.count(self.overdue, 'working day')} over the target" if self.overdue else ""
        return f"{self.place}. {self.client} ({self.triage}): wait {told}{late}."


@dataclass(frozen=True)
class TriageRow(Returned):
    """A triage class of the list.

    Parameters
    ----------
    triage, target_days
        The class, and its target in working days.
    waiting, overdue
        How many wait, and of how many the target has passed.
    """

    triage: str
    target_days: int
    waiting: int
    overdue: int


@dataclass(frozen=True)
class Throughput(Returned):
    """The weekly numbers from which waits are told.

    Parameters
    ----------
    basis
        First contacts that are recorded; else discharges, each of which leaves a place; or simulated starts.
        ``None``: there is nothing.
    weeks, starts
        How many weeks, and how many starts in them.
    referrals, triaged
        Recorded referrals, and those of them whose class is known.
    sentence
        The same in words, with what is missing.
    """

    basis: ThroughputBasis | None
    weeks: int
    starts: int
    referrals: int
    triaged: int
    sentence: str


@dataclass(frozen=True)
class Waitlist(Returned):
    """Who waits, in which order and how long.

    Parameters
    ----------
    week_start
        The date from which waits are told.
    classes
        The triage classes, the most urgent first.
    throughput
        What is known of starts.
    clients
        In the order in which they come.
    """

    week_start: date
    classes: tuple[TriageRow, ...]
    throughput: Throughput
    clients: tuple[WaitingClient, ...]

    def __str__(self) -> str:
        lines = [f"{wording.count(len(self.clients), 'client')} waiting on {self.week_start}."]
        return "\n".join([*lines, self.throughput.sentence, *map(str, self.clients)])


def range_of(share: int, start: date, first: date | None, last: date | None) -> WaitRange:
    """Return a range with its weeks, rounded outwards."""
    low = None if first is None else (first - start).days // _WEEK
    high = None if last is None else (last - start).days // _WEEK + 1
    return WaitRange(share, first, last, (low, high))
