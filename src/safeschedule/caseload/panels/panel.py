"""Panels as they are told: of a clinician, of a team, of a week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from safeschedule.caseload.panels.concentration import Concentration
from safeschedule.ledger import IntakeRestriction, OpenMatter
from safeschedule.returned import Returned
from safeschedule.verifier import wording


class PanelState(StrEnum):
    """What a panel has room for."""

    ACCEPTING = "accepting"
    LIMITED = "limited"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True)
class PanelReason(Returned):
    """A figure that decides about a panel.

    Parameters
    ----------
    rule
        The rule whose limit it is; ``intakes_restricted`` where a decision in the ledger closes the panel.
    found, limit
        The figure, and the limit.
    bands
        The bands of which nobody can be taken because of it; empty where it closes none.
    sentence
        The same in words.
    """

    rule: str
    found: Decimal
    limit: Decimal
    bands: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class PanelRow(Returned):
    """The panel of one clinician, or of a team, in one week.

    Parameters
    ----------
    who
        The clinician, or the team.
    members
        How many clinicians it is of.
    fte
        Full-time equivalents together.
    clients
        On the caseload, with those who are new by the schedule.
    points, cap, headroom
        Weighted points, their cap, and what it leaves; negative when over. ``None``: no rule sets a cap. A
        team's headroom is the sum of what its members' caps leave: what one is over, another cannot give.
    high_acuity, high_acuity_cap
        Clients of high-acuity bands, and their cap.
    sessions, sessions_limit
        Sessions of single clients that are asked for in the week, and the weekly limit.
    open_minutes
        Working minutes in which the schedule has nothing; ``None`` without a schedule.
    contacts_overdue, reviews_overdue
        Clients of the caseload who were due before the week.
    state
        What there is room for.
    bands
        The bands of which one more client can be taken.
    because
        The figures that decide it.
    """

    who: str
    members: int
    fte: Decimal
    clients: int
    points: Decimal
    cap: Decimal | None
    headroom: Decimal | None
    high_acuity: int
    high_acuity_cap: int | None
    sessions: int
    sessions_limit: int | None
    open_minutes: int | None
    contacts_overdue: int
    reviews_overdue: int
    state: PanelState
    bands: tuple[str, ...]
    because: tuple[PanelReason, ...]


@dataclass(frozen=True)
class TeamPanel(Returned):
    """The panel of a team.

    Parameters
    ----------
    row
        The sums, and what the team has room for: a band is open when somebody can take one of it.
    states
        How many clinicians are in each state.
    concentration
        Of high-acuity clients.
    """

    row: PanelRow
    states: Mapping[PanelState, int]
    concentration: Concentration


@dataclass(frozen=True)
class Panel(Returned):
    """The panels of a week.

    Parameters
    ----------
    week_start
        The first date of the week.
    clinicians
        In the order of the problem.
    teams
        Everybody together, and then each team where there are several.
    waiting
        Clients of nobody's caseload, who have waited longest first.
    exceptions
        Capacity exceptions that are open in the ledger, overdue ones first.
    restricted
        Whose intakes leadership has restricted.
    unreported
        Who is over a cap while no capacity exception speaks of it. This and the two before are empty
        without a ledger.
    """

    week_start: date
    clinicians: tuple[PanelRow, ...]
    teams: tuple[TeamPanel, ...]
    waiting: tuple[str, ...]
    exceptions: tuple[OpenMatter, ...] = ()
    restricted: tuple[IntakeRestriction, ...] = ()
    unreported: tuple[str, ...] = ()

    def shouts(self) -> tuple[str, ...]:
        """Return what the ledger says of the panels, overdue capacity exceptions first."""
        lines = [f"Capacity exception, {matter}" for matter in self.exceptions]
        lines += [f"Closed: {restriction}." for restriction in self.restricted]
        lines += [f"{who} is over, and no capacity exception says so." for who in self.unreported]
        return tuple(lines)

    def __str__(self) -> str:
        lines = [*self.shouts(), f"Panels in the week of {self.week_start}"]
        lines += [_line(row) for row in (*self.clinicians, *(team.row for team in self.teams))]
        return "\n".join([*lines, f"{wording.count(len(self.waiting), 'client')} waiting."])


def plain_number(value: Decimal) -> str:
    """Return a number without noughts at its end."""
    return f"{value.normalize():f}"


def _line(row: PanelRow) -> str:
    why = " ".join(reason.sentence for reason in row.because) or f"{plain_number(row.points)} points."
    return f"{row.who}: {row.state}. {why}"
