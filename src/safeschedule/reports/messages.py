"""The messages and calls of a week, as the page shows them: by block, and what has no place."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.caseload.messages import message_queue
from safeschedule.problem import Problem
from safeschedule.reports.words import clock, hours, short_date
from safeschedule.schedule import Schedule


@dataclass(frozen=True)
class MessageLine:
    """A block with what is answered in it.

    Parameters
    ----------
    clinician, when
        Whose, and when.
    parts
        What is answered, in this order, each in words.
    free
        Minutes that nothing takes.
    """

    clinician: str
    when: str
    parts: tuple[str, ...]
    free: int


@dataclass(frozen=True)
class Messages:
    """The messages and calls of a week.

    Parameters
    ----------
    lines
        The blocks in which something is answered.
    left
        What has no place, each in a sentence.
    proposed
        Who could answer what is nobody's, each in a sentence.
    """

    lines: tuple[MessageLine, ...]
    left: tuple[str, ...]
    proposed: tuple[str, ...]


def messages(problem: Problem, schedule: Schedule) -> Messages | None:
    """Return the messages of a week; ``None``: there are none."""
    if not problem.tasks:
        return None
    queue = message_queue(problem, schedule)
    return Messages(
        lines=tuple(
            MessageLine(
                block.clinician,
                f"{short_date(block.start.date())}, {clock(block.start)}, {hours(block.minutes)}",
                tuple(map(str, block.parts)),
                block.free,
            )
            for block in queue.blocks
            if block.parts
        ),
        left=tuple(each.sentence for each in queue.left),
        proposed=tuple(each.sentence for each in queue.proposed),
    )
