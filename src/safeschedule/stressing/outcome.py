"""What `safeschedule.stressing.stress` returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier.finding import Finding


class Verdict(StrEnum):
    """Whether the cases fit."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_REFUTED = "not refuted"


class Method(StrEnum):
    """How it was found out."""

    EXHAUSTION = "exhaustion"
    SEARCH = "adversarial search"


@dataclass(frozen=True)
class HalfDay:
    """What a half-day can take.

    Parameters
    ----------
    day, afternoon
        Which half-day.
    verdict
        Whether the cases fit there, whoever is absent.
    places
        Urgent cases for which the whole team has time, each clinician counted up to the number asked for
        and rooms left aside; ``None``: not worked out.
    left
        The same after the worst absences.
    absent
        The worst absences: codes.
    picks, looked_at
        Sets of absent clinicians that there are, and that were decided.
    """

    day: date
    afternoon: bool
    verdict: Verdict
    places: int | None = None
    left: int | None = None
    absent: tuple[str, ...] = ()
    picks: int = 0
    looked_at: int = 0

    @property
    def name(self) -> str:
        """The half-day in words, such as "Tuesday morning"."""
        return f"{self.day:%A} {'afternoon' if self.afternoon else 'morning'}"

    def as_dict(self) -> dict[str, Any]:
        """Return the half-day as plain data."""
        return {
            "day": str(self.day),
            "half": "afternoon" if self.afternoon else "morning",
            "verdict": str(self.verdict),
            "places": self.places,
            "left": self.left,
            "absent": list(self.absent),
            "picks": self.picks,
            "looked_at": self.looked_at,
        }


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

    def as_dict(self) -> dict[str, Any]:
        """Return the session as plain data."""
        return {
            "request": self.request,
            "clients": list(self.clients),
            "session_type": self.session_type,
            "clinicians": list(self.clinicians),
            "start": self.start.isoformat(timespec="minutes"),
            "band": self.band,
        }


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

    def as_dict(self) -> dict[str, Any]:
        """Return the consequences as plain data."""
        return {
            "sessions": [lost.as_dict() for lost in self.sessions],
            "shared": list(self.shared),
            "findings": [finding.as_dict() for finding in self.findings],
        }


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

    def as_dict(self) -> dict[str, Any]:
        """Return the obstacle as plain data."""
        return {"clinician": self.clinician, "slot": self.slot, "rules": list(self.rules)}


@dataclass(frozen=True)
class WorstCase:
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

    day: date
    afternoon: bool
    absent: tuple[str, ...]
    placed: tuple[str, ...]
    without_place: tuple[str, ...]
    absence: Absence
    problem: Problem
    schedule: Schedule
    obstacles: tuple[Obstacle, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the case as plain data, without problem and schedule."""
        seen = {a.request: a for a in self.schedule.appointments}
        return {
            "day": str(self.day),
            "half": "afternoon" if self.afternoon else "morning",
            "absent": list(self.absent),
            "placed": [
                {
                    "request": code,
                    "clinician": seen[code].clinicians[0],
                    "start": seen[code].start.isoformat(timespec="minutes"),
                }
                for code in self.placed
            ],
            "without_place": list(self.without_place),
            "absence": self.absence.as_dict(),
            "obstacles": [obstacle.as_dict() for obstacle in self.obstacles],
        }


@dataclass(frozen=True)
class Stress:
    """The outcome of a stress test.

    Parameters
    ----------
    verdict
        ``proved``: every pick of half-day and absent clinicians was decided, and the cases fit in each.
        ``refuted``: the worst case has cases without a place. ``not refuted``: neither.
    method
        ``exhaustion`` when every pick was decided, else ``adversarial search``.
    picks, looked_at
        Picks that there are, and that were decided.
    urgent, sick
        What was asked.
    session_type, minutes, within
        What each case needs, and until when.
    half_days
        Those in which somebody works, in their order.
    worst
        The worst case found; ``None`` when the test was stopped before there was any.
    sentences
        The outcome in plain words.
    seconds
        Wall-clock time.
    interrupted
        Whether it was stopped from outside.
    """

    verdict: Verdict
    method: Method
    picks: int
    looked_at: int
    urgent: int
    sick: int
    session_type: str
    minutes: int
    within: str
    half_days: tuple[HalfDay, ...]
    worst: WorstCase | None
    sentences: tuple[str, ...]
    seconds: float
    interrupted: bool = False

    @property
    def weakest(self) -> HalfDay | None:
        """The half-day with the fewest places left, a refuted one first; ``None`` before any is known."""
        return weakest(self.half_days)

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as plain data, without problem and schedule of the worst case."""
        return {
            "verdict": str(self.verdict),
            "method": str(self.method),
            "picks": self.picks,
            "looked_at": self.looked_at,
            "urgent": self.urgent,
            "sick": self.sick,
            "session_type": self.session_type,
            "minutes": self.minutes,
            "within": self.within,
            "half_days": [half.as_dict() for half in self.half_days],
            "weakest": None if self.weakest is None else self.weakest.as_dict(),
            "worst": None if self.worst is None else self.worst.as_dict(),
            "sentences": list(self.sentences),
            "seconds": self.seconds,
            "interrupted": self.interrupted,
        }

    def __str__(self) -> str:
        lines = [f"{self.verdict} by {self.method}, {self.looked_at:,} of {self.picks:,} picks decided"]
        for half in self.half_days:
            known = "not worked out" if half.places is None else f"{half.places} places, {half.left} left"
            lines.append(f"  {half.day} {half.name:<20} {half.verdict:<12} {known}")
        return "\n".join([*lines, *self.sentences])


def weakest(half_days: tuple[HalfDay, ...]) -> HalfDay | None:
    """Return the half-day with the fewest places left, a refuted one first."""
    known = [half for half in half_days if half.left is not None]
    return min(
        known, key=lambda half: (half.verdict is not Verdict.REFUTED, half.left, half.places), default=None
    )
