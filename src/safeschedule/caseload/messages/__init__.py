"""Messages and calls that wait for an answer, and the coordination blocks in which they are answered."""

from safeschedule.caseload.messages.answers import (
    LeftTask,
    MessageQueue,
    ProposedOwner,
    QueueBlock,
    QueuedPart,
)
from safeschedule.caseload.messages.owners import with_owners
from safeschedule.caseload.messages.queue import message_queue

__all__ = [
    "LeftTask",
    "MessageQueue",
    "ProposedOwner",
    "QueueBlock",
    "QueuedPart",
    "message_queue",
    "with_owners",
]
