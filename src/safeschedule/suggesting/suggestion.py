"""The best slots that were found for one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.suggesting.effects import Effects
from safeschedule.suggesting.telling import rearranged, slot


@dataclass(frozen=True)
class Suggestion(Returned):
    """A slot that breaks nothing.

    Parameters
    ----------
    appointment
        The session as it would be.
    blocks_gone, blocks_come
        The clinician's own blocks that would change.
    schedule
        The schedule with it.
    effects
        What changes against the schedule as it is now, exactly as two verifications say it.
    marks
        Sentences about another clinician, site or way of meeting than the client knows.
    """

    _in_files: ClassVar[tuple[str, ...]] = ("schedule",)

    appointment: Appointment
    blocks_gone: tuple[Block, ...]
    blocks_come: tuple[Block, ...]
    schedule: Schedule
    effects: Effects
    marks: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return the suggestion in plain sentences, the slot first."""
        lines = [f"{slot(self.appointment)}.", *self.marks]
        blocks = "; ".join(rearranged(self.blocks_gone, self.blocks_come))
        if blocks:
            lines.append(f"Own blocks: {blocks}.")
        return [*lines, *self.effects.sentences()]

    def __str__(self) -> str:
        return "\n".join(self.sentences())


@dataclass(frozen=True)
class Suggestions(Returned):
    """Slots for one session, best first; or why there is none.

    Parameters
    ----------
    problem
        The problem, with the request where that is new.
    request
        The request's code.
    client
        The client's code.
    moving
        The appointment that is to be moved; ``None`` where a session is to be added.
    slots
        The suggestions, best first.
    examined, not_examined
        Clinicians who could take it: how many were looked at, and how many were not, because enough slots
        as good as theirs can be were found, or because the work has a limit.
    rules
        Without a slot: the rules that stood against it, the most frequent first.
    reason
        Without a slot: why, in plain sentences.
    stopped
        Whether it was told to stop; there may be better slots then.

    Examples
    --------
    >>> from safeschedule import Suggestions, suggest_moves
    >>> found = suggest_moves(problem, schedule, "R0", 1)
    >>> Suggestions.from_dict(found.to_dict()) == found
    True
    """

    _in_files: ClassVar[tuple[str, ...]] = ("problem",)

    problem: Problem
    request: str
    client: str
    moving: Appointment | None
    slots: tuple[Suggestion, ...]
    examined: int
    not_examined: int
    rules: tuple[str, ...] = ()
    reason: str = ""
    stopped: bool = False

    def __str__(self) -> str:
        lines = [self.head()]
        for number, suggestion in enumerate(self.slots, 1):
            first, *rest = suggestion.sentences()
            lines += [f"{number}. {first}", *(f"   {line}" for line in rest)]
        return "\n".join([*lines, *self.tail()])

    def head(self) -> str:
        """Return what was asked."""
        now = "" if self.moving is None else f", now {slot(self.moving)}"
        return f"{self.request} ({self.client}){now}:"

    def tail(self) -> list[str]:
        """Return what is to be said after the slots."""
        lines = [] if self.slots else [f"No slot. {self.reason}"]
        if self.not_examined:
            few = f"{self.not_examined} clinician{'' if self.not_examined == 1 else 's'} not looked at"
            lines.append(f"{self.examined} looked at, {few}.")
        if self.stopped:
            lines.append("Stopped early: there may be better slots.")
        return lines
