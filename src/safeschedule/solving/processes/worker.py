"""What a worker process does: it solves parts of a week, one after the other, until its pipe is closed."""

from __future__ import annotations

import os
import sys
import threading
from queue import SimpleQueue
from typing import IO

from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.solving.budget import Budget
from safeschedule.solving.parts import Solver
from safeschedule.solving.processes.messages import STOP, PartAnswer, PartContext, PartQuestion, receive, send

Coming = SimpleQueue[PartContext | PartQuestion | None]
"""What was read and waits; ``None``: no more comes."""


def main() -> None:
    """Answer what comes through standard input."""
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _serve(sys.stdin.buffer, answers)


def _serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    coming: Coming = SimpleQueue()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(asked, coming, stop), daemon=True).start()
    context: PartContext | None = None
    while (message := coming.get()) is not None:
        if isinstance(message, PartContext):
            context = message
            continue
        assert context is not None
        assert context.number == message.context
        send(answers, solved(context, message, stop))


def _listen(asked: IO[bytes], coming: Coming, stop: threading.Event) -> None:
    """Hand on what is read; whoever asked may stop what goes on, or be gone."""
    try:
        while (message := receive(asked)) is not None:
            if message == STOP:
                stop.set()
            else:
                coming.put(message)
    except EOFError:
        pass
    stop.set()
    coming.put(None)


def solved(context: PartContext, asked: PartQuestion, stop: threading.Event) -> PartAnswer:
    """Return what comes of a part."""
    budget = Budget(asked.seconds, asked.deterministic, stop)
    index = context.index.until(lambda: budget.interrupted)
    solver = Solver(index, context.rows, context.tiers, budget, context.seed, context.whole)
    try:
        change = solver.improve(asked.state, asked.task)
    except InterruptedWorkError:
        change = None
    return PartAnswer(change, budget.spent, budget.cut)
