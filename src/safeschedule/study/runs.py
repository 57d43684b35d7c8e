"""One run of a study: a problem, a scenario, a seed, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar

from safeschedule.errors import Fault
from safeschedule.result import TierObjective
from safeschedule.returned import Returned
from safeschedule.schedule import Schedule


class RunStatus(StrEnum):
    """How a run ended."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"
    FAULT = "fault"
    """The scenario cannot be made of the problem, or no result was returned: `faults` says why."""
    CRASH = "crash"
    """Whoever solved it ended without a word, more than once."""


SOLVED = (RunStatus.OPTIMAL, RunStatus.FEASIBLE)
"""Those with a schedule."""


@dataclass(frozen=True)
class StudyRun(Returned):
    """One run.

    Parameters
    ----------
    problem, scenario, seed
        By name; the seed is that of the search, and of what the scenario draws.
    status
        How it ended.
    key
        The hash of all that decides the result; runs with the same key are solved once. Empty for faults.
    problem_hash
        Of the problem that the scenario made.
    figures
        See docs/reference/study.md; without a schedule only what is asked for.
    tiers
        Objective and bound of each tier, by the scenario's own rules.
    rules
        How much of each of the base's rules is broken, or costs.
    skills
        By the skill that is needed (an empty one: none): sessions asked for and placed, new clients who wait
        and who are seen.
    relaxes
        Whether each schedule that keeps the base's rules keeps those of the scenario.
    ended
        What ended the search. Where it is ``ceiling``, the wall clock did, and comparing is unfair.
    notes
        What the scenario brought with it, in words.
    faults
        Why there is nothing else.
    seconds
        Wall-clock time; it is not compared.
    schedule
        The schedule.
    """

    _in_files: ClassVar[tuple[str, ...]] = ("schedule",)

    problem: str
    scenario: str
    seed: int
    status: RunStatus
    key: str = ""
    problem_hash: str = ""
    figures: Mapping[str, int | float | None] = field(default_factory=dict)
    tiers: tuple[TierObjective, ...] = ()
    rules: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    relaxes: bool = False
    ended: str | None = None
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    seconds: float | None = field(default=None, compare=False)
    schedule: Schedule | None = None

    @property
    def solved(self) -> bool:
        """Whether there is a schedule."""
        return self.status in SOLVED

    def figure(self, name: str) -> int | float | None:
        """Return a figure; ``None`` where it is not known."""
        return self.figures.get(name)

    def __str__(self) -> str:
        head = f"{self.problem}, {self.scenario}, seed {self.seed}: {self.status}"
        if not self.solved:
            return "; ".join([head, *map(str, self.faults)])
        sessions, most = self.figure("sessions"), self.figure("sessions_most")
        told = f"{head}, {sessions} of {self.figure('asked')} sessions (at most {most})"
        return f"{told}, cut short by the wall clock" if self.ended == "ceiling" else told


def named(found: StudyRun, asked: StudyRun) -> StudyRun:
    """Return a run that was solved by the names by which it was asked for."""
    notes = asked.notes if found.solved else (*asked.notes, *found.notes)
    return replace(
        found,
        problem=asked.problem,
        scenario=asked.scenario,
        seed=asked.seed,
        relaxes=asked.relaxes,
        notes=notes,
    )
