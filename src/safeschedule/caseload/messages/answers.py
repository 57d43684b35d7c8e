"""What is answered in which block, and what has no place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from safeschedule.returned import Returned
from safeschedule.verifier import wording


@dataclass(frozen=True)
class QueuedPart(Returned):
    """A task, or a part of it, in a block.

    Parameters
    ----------
    task, client, kind
        The task, about whom it is, and what it is.
    minutes, of
        How long it is worked on here, and how long it takes.
    respond_by
        By when it is to be answered.
    ends
        Whether it is done then; else it goes on in a later block, or has no place.
    """

    task: str
    client: str
    kind: str
    minutes: int
    of: int
    respond_by: datetime
    ends: bool

    def __str__(self) -> str:
        due = f"by {wording.day_name(self.respond_by.date())}, {self.respond_by:%H:%M}"
        part = "" if self.minutes == self.of else f" of {self.of}"
        return f"{self.kind} {self.task} ({self.client}): {self.minutes}{part} minutes, {due}"


@dataclass(frozen=True)
class QueueBlock(Returned):
    """A coordination block with its list.

    Parameters
    ----------
    clinician, start, minutes
        Whose, when, and how long.
    parts
        What is answered in it, in this order.
    free
        Minutes that no task takes.
    """

    clinician: str
    start: datetime
    minutes: int
    parts: tuple[QueuedPart, ...]
    free: int


@dataclass(frozen=True)
class LeftTask(Returned):
    """A task that is not answered in time.

    Parameters
    ----------
    task, client
        The task, and about whom it is.
    clinician
        Who should answer it; ``None``: nobody is named and the client has no own clinician.
    missing
        Minutes of it that have no place.
    respond_by
        By when it is to be answered.
    waits
        Whether it may wait for the next week.
    sentence
        The same in words.
    """

    task: str
    client: str
    clinician: str | None
    missing: int
    respond_by: datetime
    waits: bool
    sentence: str


@dataclass(frozen=True)
class ProposedOwner(Returned):
    """Somebody who could answer a task of nobody, in time and beside all that is there: a proposal.

    Parameters
    ----------
    task, client
        The task, and about whom it is.
    clinician
        Who: qualified as the client's requests ask, and with room for all of it.
    start, until
        The beginning of the block in which it would be begun, and the end of the one in which it is done.
    free
        Minutes of coordination blocks in which nothing stands then.
    sentence
        The same in words.
    """

    task: str
    client: str
    clinician: str
    start: datetime
    until: datetime
    free: int
    sentence: str


@dataclass(frozen=True)
class MessageQueue(Returned):
    """The messages and calls of a week.

    Parameters
    ----------
    week_start
        The first date of the week.
    blocks
        The coordination blocks, by clinician and time.
    left
        What has no place.
    proposed
        Who could answer what is nobody's.
    """

    week_start: date
    blocks: tuple[QueueBlock, ...]
    left: tuple[LeftTask, ...]
    proposed: tuple[ProposedOwner, ...] = ()

    def __str__(self) -> str:
        lines = []
        for block in self.blocks:
            when = f"{wording.day_name(block.start.date())}, {block.start:%H:%M}"
            lines.append(f"{block.clinician}, {when}, {block.minutes} minutes:")
            lines += [f"  {part}" for part in block.parts] or ["  nothing"]
        told = [*(each.sentence for each in self.left), *(each.sentence for each in self.proposed)]
        return "\n".join([*lines, *told]) or "There are no messages."
