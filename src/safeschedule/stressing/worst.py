"""The worst case of a stress test: who is absent, what falls out, who takes what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import Schedule
from safeschedule.verifier.finding import Finding


@dataclass(frozen=True)
class Lost:
    """A session that falls out because its clinician is absent.

    Parameters
    ----------
    request
        The request that it served; ``None`` for a group's.
    clients, session_type, clinicians, start
        As in the schedule.
    band
        The highest acuity band of its clients.
    """

    request: str | None
    clients: tuple[str, ...]
    session_type: str
    clinicians: tuple[str, ...]
    start: datetime
    band: str


@dataclass(frozen=True)
class CasePlacement:
    """Who takes a case, and when."""

    request: str
    clinician: str
    start: datetime


@dataclass(frozen=True)
class Absence:
    """What the absences do by themselves, before any case comes.

    Parameters
    ----------
    sessions
        What falls out, crisis work and the highest acuity bands first.
    shared
        The team's blocks that fall out, in words; who was to attend keeps the time.
    findings
        The hard rules that are broken by that alone, as the verifier finds them.
    """

    sessions: tuple[Lost, ...] = ()
    shared: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """Why a clinician who is there cannot take a case more.

    Parameters
    ----------
    clinician
        A code.
    slot
        Whether the clinician holds an urgent slot in the half-day.
    rules
        Hard rules without all of which a case would fit, while without fewer of them it would not; empty
        when it would not fit even without every rule but the physical ones.
    """

    clinician: str
    slot: bool
    rules: tuple[str, ...]

    def __str__(self) -> str:
        who = f"{self.clinician}{', who holds an urgent slot then,' if self.slot else ''}"
        if not self.rules:
            return f"{who} has no time for a case at all."
        rules = " and ".join([", ".join(self.rules[:-1]), self.rules[-1]] if self.rules[1:] else self.rules)
        return f"{who} would have time for a case but for {rules}."


@dataclass(frozen=True)
class WorstCase(Returned):
    """The worst half-day and absences that were found, and the best that the team could make of it.

    Parameters
    ----------
    day, afternoon
        When the cases come.
    absent
        Who is absent on that date.
    placed, without_place
        The cases, by the codes of their requests.
    absence
        What the absences do by themselves.
    problem
        The problem with the cases and the absences.
    schedule
        The schedule; the verifier finds nothing against it but what the absences do by themselves.
    obstacles
        Where a case has no place: what stands in the way of some clinicians.
    """

    _derived: ClassVar[tuple[str, ...]] = (
        "half",
        "places",
    )
    _in_files: ClassVar[tuple[str, ...]] = (
        "problem",
        "schedule",
    )

    day: date
    afternoon: bool
    absent: tuple[str, ...]
    placed: tuple[str, ...]
    without_place: tuple[str, ...]
    absence: Absence
    problem: Problem
    schedule: Schedule
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def half(self) -> str:
        """Which half of the day."""
        return "afternoon" if self.afternoon else "morning"

    @property
    def places(self) -> tuple[CasePlacement, ...]:
        """Who takes which of the cases that are placed, and when."""
        seen = {a.request: a for a in self.schedule.appointments}
        return tuple(CasePlacement(code, seen[code].clinicians[0], seen[code].start) for code in self.placed)
