"""Messages and calls that wait for an answer: work of coordination blocks."""

from __future__ import annotations

from enum import StrEnum

from safeschedule.problem.clock import Moment, MomentOrNone
from safeschedule.problem.entity import Code, Entity, Minutes
from safeschedule.problem.taking import Word, usual


class TaskKind(StrEnum):
    """What is to be answered."""

    MESSAGE = "message"
    CALL = "call"
    LETTER = "letter"
    OTHER = "other"


class MessageTask(Entity):
    """A message or a call that is not urgent, and has to be answered in time.

    Parameters
    ----------
    client
        About whom.
    minutes
        How long it takes.
    received
        When it came; ``None``: before the week.
    respond_by
        By when it is to be answered.
    clinician
        Who answers it; ``None``: the client's own clinician.

    Examples
    --------
    >>> from safeschedule import MessageTask
    >>> MessageTask(id="T1", client="K1", minutes=10, respond_by="2026-10-07T17:00").kind
    <TaskKind.MESSAGE: 'message'>
    """

    id: Code
    client: Code
    minutes: Minutes
    kind: Word[TaskKind] = usual(TaskKind.MESSAGE)
    received: MomentOrNone = usual(None)
    respond_by: Moment
    clinician: Code | None = None
