"""Who can take a new client; or why nobody can, from when somebody can, and what there is instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from safeschedule.caseload.panels.exceptions import RESTRICTED
from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import Appointment, Schedule


@dataclass(frozen=True)
class IntakeProposal(Returned):
    """Somebody who can take the client, with the first session.

    Parameters
    ----------
    clinician
        Who.
    headroom
        Points that the cap still leaves with the client taken; ``None``: no rule sets a cap.
    appointment
        The first session.
    schedule
        The schedule with it; the verifier has judged it, and it breaks no hard rule that is kept now.
    reasons
        Plain sentences: the figures, and what else would change.
    """

    _in_files: ClassVar[tuple[str, ...]] = ("schedule",)

    clinician: str
    headroom: Decimal | None
    appointment: Appointment
    schedule: Schedule
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class IntakeRefusal(Returned):
    """Why somebody cannot take the client.

    Parameters
    ----------
    clinician
        Who.
    rules
        The rules that stand against it.
    reason
        Plain sentences.
    change
        What would make room under the caps; empty where caps are not what is in the way.
    """

    clinician: str
    rules: tuple[str, ...]
    reason: str
    change: str = ""


@dataclass(frozen=True)
class IntakeRouting(Returned):
    """The answer to one referral.

    Parameters
    ----------
    client, request
        The client, and the request for the first session.
    points
        What the client weighs.
    problem
        The problem with both.
    proposals
        Who can take the client, most headroom first; nobody of them by headcount.
    refusals
        Who cannot, and why, in the order of the problem. Who was not looked at, because there are enough
        proposals, is in neither.
    nobody
        Whether it is proven that nobody can, whatever protected blocks move: the whole week was solved with
        every appointment where it is. ``None``: the search ended before, or somebody can.
    first_week
        The first week ahead in which somebody can; ``None``: none that was looked at.
    undecided
        Weeks in which somebody may be able or not: the search ended before that was proven, or the week as it
        stands breaks a hard rule whoever is taken. Nobody can in all others before `first_week`.
    weeks
        How many weeks were looked at, with this one.
    instead
        What there is instead: seats in groups, the waitlist, an external referral.
    """

    _in_files: ClassVar[tuple[str, ...]] = ("problem",)

    client: str
    request: str
    points: Decimal
    problem: Problem
    proposals: tuple[IntakeProposal, ...]
    refusals: tuple[IntakeRefusal, ...]
    nobody: bool | None
    first_week: date | None
    undecided: tuple[date, ...]
    weeks: int
    instead: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.sentences())

    def sentences(self) -> list[str]:
        """Return the answer in plain sentences."""
        lines = [self.head()]
        for number, proposal in enumerate(self.proposals, 1):
            first, *rest = proposal.reasons
            lines += [f"{number}. {proposal.clinician}: {first}", *(f"   {line}" for line in rest)]
        if not self.proposals:
            lines += [
                f"{refusal.clinician}: {refusal.reason} {refusal.change}".rstrip()
                for refusal in self.refusals
            ]
            lines += [self.when(), *self.instead]
        return lines

    def head(self) -> str:
        """Return what the answer is, in one sentence."""
        weighs = f"{self.client} weighs {self.points.normalize():f} points."
        if self.proposals:
            return f"{weighs} {len(self.proposals)} can take the client:"
        if self.refusals and all(RESTRICTED in refusal.rules for refusal in self.refusals):
            return f"{weighs} Nobody can in this week: intakes are restricted."
        proven = {
            True: "Nobody can in this week: the whole week was solved, with every appointment where it is.",
            False: "Nobody was found in this week; the search ended before that was proven.",
        }
        return f"{weighs} {proven[bool(self.nobody)]}"

    def when(self) -> str:
        """Return from when somebody can, by what is known today; what is not decided is said."""
        told = []
        if self.undecided:
            weeks = listed([str(monday) for monday in self.undecided])
            told.append(f"Not decided, neither that somebody can nor that nobody can: the week of {weeks}.")
        if self.first_week is not None:
            told.append(f"The first week in which somebody can: that of {self.first_week}.")
        elif not self.undecided:
            told.append(f"In none of {self.weeks} weeks that were looked at, by what is known today.")
        elif self.weeks > len(self.undecided):
            told.append("In none of the other weeks that were looked at, by what is known today.")
        return " ".join(told)


def listed(names: Sequence[str]) -> str:
    """Return names with commas."""
    return ", ".join(names)
