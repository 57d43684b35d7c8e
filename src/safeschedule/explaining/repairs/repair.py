"""A repair and its steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import Schedule

TIERS = ("preference", "fairness", "service", "urgent", "contract", "capacity")
"""What a repair touches, the cheapest first; capacity is what the service does not have."""


KINDS = (
    *("supervisor", "cover", "meeting", "group", "times", "pin", "request", "rule", "hours", "leave"),
    *("room", "clinician"),
)
"""Kinds of steps; what is sooner asked of people comes first."""


@dataclass(frozen=True)
class Step:
    """One thing that a repair changes.

    Parameters
    ----------
    kind
        ``hours``, ``leave``, ``meeting``, ``pin``, ``supervisor``, ``room`` and the like.
    tier
        One of `TIERS`.
    who
        Codes concerned.
    amount, unit
        How much: minutes, rooms, appointments, or the unit of a rule's amount.
    sentence
        One plain sentence.
    """

    kind: str
    tier: str
    who: tuple[str, ...]
    amount: int
    unit: str
    sentence: str


@dataclass(frozen=True)
class Repair(Returned):
    """Steps that together make the week possible; no safety rule is touched.

    Parameters
    ----------
    steps
        What changes.
    problem
        The problem after it.
    schedule
        The protected blocks and what else has to be in that week, accepted by the verifier. Other sessions
        are left out: plan the problem to have them placed.
    """

    _derived: ClassVar[tuple[str, ...]] = ("tier",)
    _in_files: ClassVar[tuple[str, ...]] = (
        "problem",
        "schedule",
    )

    steps: tuple[Step, ...]
    problem: Problem = field(repr=False)
    schedule: Schedule = field(repr=False)

    @property
    def tier(self) -> str:
        """The strongest tier that it touches."""
        return max((step.tier for step in self.steps), key=TIERS.index)

    @property
    def rank(self) -> tuple[int, int, list[tuple[int, int]]]:
        """The less, the cheaper: the strongest tier, how many steps, then kinds with their amounts."""
        steps = sorted((KINDS.index(step.kind), step.amount) for step in self.steps)
        return TIERS.index(self.tier), len(self.steps), steps

    def __str__(self) -> str:
        return " ".join(step.sentence for step in self.steps)
