"""What `safeschedule.stress` returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from safeschedule.returned import Returned
from safeschedule.stressing.worst import WorstCase


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
class HalfDay(Returned):
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
        Sets of absent clinicians that there are, and those that the verdict covers: all of them when the
        half-day is decided.
    no_shows
        How many of the sessions that start in it may be expected not to take place, by `attendance`. None of
        them is counted on.
    """

    _derived: ClassVar[tuple[str, ...]] = ("half",)

    day: date
    afternoon: bool
    verdict: Verdict
    places: int | None = None
    left: int | None = None
    absent: tuple[str, ...] = ()
    picks: int = 0
    looked_at: int = 0
    no_shows: float = 0.0

    @property
    def half(self) -> str:
        """Which half of the day."""
        return "afternoon" if self.afternoon else "morning"

    @property
    def name(self) -> str:
        """The half-day in words, such as "Tuesday morning"."""
        return f"{self.day:%A} {'afternoon' if self.afternoon else 'morning'}"


@dataclass(frozen=True)
class Stress(Returned):
    """The outcome of a stress test.

    Parameters
    ----------
    verdict
        ``proved``: every pick of half-day and absent clinicians was decided, and the cases fit in each.
        ``refuted``: the worst case has cases without a place. ``not refuted``: neither, or nobody works.
    method
        ``exhaustion`` when every half-day was decided, else ``adversarial search``.
    picks, looked_at
        Picks of half-day and absent clinicians that there are, and those that verdicts cover.
    urgent, sick
        What was asked.
    session_type, minutes, within
        What each case needs, and until when.
    half_days
        Those in which somebody works, in their order.
    worst
        The worst case found; ``None`` when the test was stopped before there was any, or before its best
        schedule was known.
    sentences
        The outcome in plain words.
    seconds
        Wall-clock time.
    interrupted
        Whether it was stopped from outside.
    per_slot
        Whether as many cases came as there are urgent slots in each half-day; `urgent` is then the most.
    """

    _derived: ClassVar[tuple[str, ...]] = ("weakest",)

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
    per_slot: bool = False

    @property
    def weakest(self) -> HalfDay | None:
        """The half-day with the fewest places left, a refuted one first; ``None`` before any is known."""
        return weakest(self.half_days)

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
