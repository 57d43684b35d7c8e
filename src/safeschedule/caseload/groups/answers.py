"""What is said of groups: who could come, who not and why, and what it does to weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from safeschedule.returned import Returned
from safeschedule.verifier import wording


@dataclass(frozen=True)
class GroupReason(Returned):
    """Why somebody is not eligible.

    Parameters
    ----------
    criterion
        Which one: ``closed``, ``band``, ``flag``, ``phase``, ``skills``, ``time`` or ``size``.
    sentence
        The same in words.
    """

    criterion: str
    sentence: str


@dataclass(frozen=True)
class GroupCandidate(Returned):
    """Somebody who does not come to a group.

    Parameters
    ----------
    client, clinician
        The client and the own clinician; ``None``: the client waits.
    eligible
        Whether every criterion is met.
    reasons
        What stands against it.
    moves
        Whether the effects count on it.
    sessions, minutes, points
        What it would free: single sessions of the week, their minutes with the protected ones that they ask
        for, and points.
    """

    client: str
    clinician: str | None
    eligible: bool
    reasons: tuple[GroupReason, ...]
    moves: bool
    sessions: int
    minutes: int
    points: Decimal


@dataclass(frozen=True)
class GroupEffect(Returned):
    """What a group does to one clinician's week, when those who move have moved.

    Parameters
    ----------
    clinician
        Who.
    leads
        Whether the clinician leads it.
    freed_sessions, freed_minutes, freed_points
        Of single sessions that it stands for.
    group_sessions, group_minutes
        What it counts under the rule ``session_limits``, and its minutes with preparation and documentation.
    net_sessions, net_minutes
        The group's less what is freed: above 0 the week expands, and something else has to give way.
    single_limit
        Most single sessions on a date with the group; ``None``: no rule limits them, or it has no date.
    """

    clinician: str
    leads: bool
    freed_sessions: int
    freed_minutes: int
    freed_points: Decimal
    group_sessions: int
    group_minutes: int
    net_sessions: int
    net_minutes: int
    single_limit: int | None

    def __str__(self) -> str:
        change = f"{abs(self.net_minutes)} minutes {'more' if self.net_minutes > 0 else 'less'}"
        points = f", points {self.freed_points.normalize():f} less" if self.freed_points else ""
        group = f"{self.group_minutes} minutes for the group, " if self.leads else ""
        return (
            f"{self.clinician}: {group}{wording.count(self.freed_sessions, 'single session')} of "
            f"{self.freed_minutes} minutes less: {change}{points}."
        )


@dataclass(frozen=True)
class GroupAnswer(Returned):
    """One group.

    Parameters
    ----------
    group
        The group.
    criteria
        Whether the service has said who is appropriate.
    runs
        Whether it has a session in the schedule.
    dates
        On which dates.
    largest, taken, free
        Seats: all, those of members and others who come, and those that are left.
    leads
        Who leads it; who would, where it has no session: those whom it names, or who frees most.
    candidates
        Everybody else, the eligible ones first.
    effects
        On each clinician who leads it or whose sessions it stands for.
    expands
        Those who lead it and have more minutes with it than it frees (TC: shift, not expand).
    """

    group: str
    criteria: bool
    runs: bool
    dates: tuple[date, ...]
    largest: int
    taken: int
    free: int
    leads: tuple[str, ...]
    candidates: tuple[GroupCandidate, ...]
    effects: tuple[GroupEffect, ...]
    expands: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def sentences(self) -> list[str]:
        """Return the answer in plain sentences."""
        eligible = [each.client for each in self.candidates if each.eligible]
        head = f"{self.group}: {self.taken} of {wording.count(self.largest, 'seat')} taken, "
        lines = [f"{head}{len(eligible)} of {len(self.candidates)} others could come."]
        if not self.criteria:
            lines.append("No criteria are set: who is appropriate is for a clinician to say.")
        if not self.runs:
            lines.append("It has no session in the schedule.")
        lines += map(str, self.effects)
        if self.expands:
            who = wording.listing(self.expands)
            lines.append(f"It expands the week of {who}: take single sessions away, or more clients in.")
        return lines


@dataclass(frozen=True)
class GroupEligibility(Returned):
    """The groups of a week.

    Parameters
    ----------
    week_start
        The first date of the week.
    groups
        In the order of the problem.
    """

    week_start: date
    groups: tuple[GroupAnswer, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.groups)) or "There are no groups."
