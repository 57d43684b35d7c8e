"""What is said of a request that is left out: its options, what blocks them, and ways in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from safeschedule.problem import Mode, Problem
from safeschedule.reports.words import clock, weekday
from safeschedule.returned import Returned
from safeschedule.schedule import Appointment, LeftOut, LeftOutKind, Schedule


@dataclass(frozen=True)
class Option:
    """A clinician (for groups: those who may lead) in a half-day, and what blocks it.

    Parameters
    ----------
    fits
        Whether it is free while all other appointments and the team's blocks stay where they are;
        ``None``: that was not decided.
    rules
        Hard rules that block it together; none of them can be spared. ``no_overlap`` alone: what is fixed
        there leaves no time.
    evidence
        What these rules find when the session is put there all the same, and what it meets.
    """

    clinicians: tuple[str, ...]
    day: date
    afternoon: bool
    fits: bool | None
    rules: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    """An appointment of a request or a group that is at another time or with somebody else."""

    what: str
    before: Appointment
    after: Appointment

    def __str__(self) -> str:
        if self.before.start == self.after.start and self.before.clinicians == self.after.clinicians:
            return f"{self.what} on {_when(self.after)} is {_how(self.after)} instead"
        if self.before.clinicians == self.after.clinicians:
            return f"{self.what} moves from {_when(self.before)} to {_when(self.after)}"
        return f"{self.what} moves from {place(self.before)} to {place(self.after)}"


@dataclass(frozen=True)
class Overtime:
    """Working time beyond the hours of a clinician on a date.

    Parameters
    ----------
    minutes
        The fewest with which the request fits and everything else stays, as far as they were looked for.
    before
        Whether they are before the working period, not after it.
    """

    clinician: str
    day: date
    minutes: int
    before: bool

    def __str__(self) -> str:
        side = "earlier in" if self.before else "later out"
        return f"{self.clinician} works {self.minutes} minutes more on {weekday(self.day)} ({side})"


@dataclass(frozen=True)
class WayIn(Returned):
    """A schedule that has one more session of the request; the verifier has accepted it.

    Parameters
    ----------
    appointment
        The session that is won.
    gives_way
        Requests that lose a session for it, with the value of one session of each.
    comes_in
        Other requests that win a session.
    moves
        Appointments that move; blocks of single clinicians may move as well.
    blocks_moved
        How many blocks are not where they were.
    change
        By tier, strongest first, and rule: how the objective changes; what is lost is negative.
    overtime
        The working time that it takes beyond everybody's hours, or ``None``.
    schedule
        The whole week.
    problem
        The problem that the schedule is for: with overtime the working hours are others.
    scope
        What was free to change in the search for it, in words.
    proven
        Whether nothing in this scope costs less.
    """

    _in_files: ClassVar[tuple[str, ...]] = ("problem",)

    appointment: Appointment
    gives_way: Mapping[str, int]
    comes_in: tuple[str, ...]
    moves: tuple[Move, ...]
    blocks_moved: int
    change: Mapping[str, Mapping[str, int]]
    overtime: Overtime | None
    schedule: Schedule
    problem: Problem
    scope: str
    proven: bool

    @property
    def totals(self) -> tuple[int, ...]:
        """The change of each tier, strongest first."""
        return tuple(sum(rules.values()) for rules in self.change.values())

    @property
    def losses(self) -> tuple[int, ...]:
        """What each tier loses, strongest first; a gain counts as no loss."""
        return tuple(max(0, -total) for total in self.totals)

    @property
    def free_of_charge(self) -> bool:
        """Whether no tier loses, but for fairness: nobody is left out so that others have as much."""
        return not any(
            loss for tier, loss in zip(self.change, self.losses, strict=True) if tier != "fairness"
        )

    def __str__(self) -> str:
        parts = [] if self.overtime is None else [str(self.overtime)]
        parts += [f"{request} gives way (value {value})" for request, value in self.gives_way.items()]
        parts += [f"{request} comes in as well" for request in self.comes_in]
        parts += [str(move) for move in self.moves]
        if self.blocks_moved:
            parts.append(
                f"{self.blocks_moved} block{'' if self.blocks_moved == 1 else 's'} of protected time move"
            )
        if not (self.overtime or self.gives_way or self.moves):
            parts.insert(0, "nobody else's appointment changes")
        return f"{place(self.appointment)}: {'; '.join(parts)}. {self.cost()}"

    def cost(self) -> str:
        """Return what the week wins and loses, rule by rule, in a sentence."""
        told = [
            f"{rule} {number:+,}"
            for rules in self.change.values()
            for rule, number in rules.items()
            if number
        ]
        return f"Objective: {', '.join(told)}." if told else "The objective stays the same."


def place(appointment: Appointment) -> str:
    """Return with whom and when an appointment is."""
    return f"{' and '.join(appointment.clinicians)} on {_when(appointment)}"


def _when(appointment: Appointment) -> str:
    return f"{weekday(appointment.start)} at {clock(appointment.start)}"


def _how(appointment: Appointment) -> str:
    if appointment.mode is Mode.TELEHEALTH:
        return "by telehealth"
    return "in person" if appointment.site is None else f"at {appointment.site}"


@dataclass(frozen=True)
class Explanation(Returned):
    """Why a request is left out.

    Parameters
    ----------
    request
        Its code.
    sessions
        How many of its sessions are missing.
    value
        What one session of it is worth to the objective.
    reason
        Why, in short, as `solve` tells it; what follows refines it.
    options
        Every clinician in every half-day in which the clinician works long enough.
    barriers
        What blocks the options, alike ones together, in plain sentences.
    ways
        Ways in: the cheapest that was found, and one by overtime; in this order.
    missed
        A way in that costs nothing while everything else stays: the request should not be left out.
    notes
        What was tried and what is proven about the ways, in plain sentences.
    complete
        Whether everything was looked at; else the time ended, or it was stopped.
    """

    request: str
    sessions: int
    value: int
    reason: LeftOut
    options: tuple[Option, ...]
    barriers: tuple[str, ...]
    ways: tuple[WayIn, ...]
    missed: WayIn | None
    notes: tuple[str, ...]
    complete: bool

    def __str__(self) -> str:
        many = f", {self.sessions} sessions" if self.sessions > 1 else ""
        lines = [f"{self.request}{many} (value {self.value:,})"]
        if self.reason.kind is not LeftOutKind.NOT_EXAMINED:
            lines.append(f"  {self.reason.reason}")
        if self.missed is not None:
            lines.append(f"  It fits at no cost: {self.missed}")
        lines += [f"  {barrier}" for barrier in self.barriers]
        lines += [f"  Way in: {way}" for way in self.ways]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


@dataclass(frozen=True)
class LeftOutAccount(Returned):
    """Why requests are left out of a schedule.

    Parameters
    ----------
    explanations
        Of each request that was looked at, the most valuable first.
    not_reached
        Requests that were not looked at before the time ended, or before it was stopped.
    interrupted
        Whether it was stopped from outside.
    """

    _derived: ClassVar[tuple[str, ...]] = ("missed_requests",)

    explanations: tuple[Explanation, ...]
    not_reached: tuple[str, ...] = ()
    interrupted: bool = False

    @property
    def missed_requests(self) -> tuple[str, ...]:
        """The codes of those that fit at no cost."""
        return tuple(explanation.request for explanation in self.missed)

    @property
    def missed(self) -> tuple[Explanation, ...]:
        """Those of requests that fit at no cost."""
        return tuple(e for e in self.explanations if e.missed is not None)

    def __str__(self) -> str:
        parts = [str(explanation) for explanation in self.explanations]
        if self.not_reached:
            parts.append(f"Not reached in the time: {', '.join(self.not_reached)}.")
        return "\n\n".join(parts) or "Nothing is left out."
