"""The worker processes of one search: started early, asked by whoever has a part, closed at its end."""

from __future__ import annotations

import contextlib
import itertools
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from safeschedule.catalogue import Tier
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.processes.messages import STOP, PartAnswer, PartContext, PartQuestion, receive, send
from safeschedule.solving.states import State, Task
from safeschedule.solving.subproblem import Whole

# What starts a worker, with the folders of modules behind it; `worker` is loaded there alone.
_COMMAND = (
    "import sys; sys.path[:] = sys.argv[1:]; from safeschedule.solving.processes.worker import main; main()"
)
# Seconds between two looks whether the search was told to stop.
_LOOK = 0.05
# Its process is gone, or something cannot be sent: a rule of one's own may hold anything.
_LOST = (OSError, EOFError, pickle.PickleError, AttributeError, TypeError, ValueError)


class WorkerProcess:
    """One process, asked by one thread at a time."""

    def __init__(self) -> None:
        if "python" not in Path(sys.executable or "").name.lower():
            raise OSError("Python is part of another program here")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Who interrupts the command means the search, which ends its workers itself.
            start_new_session=True,
        )
        self._context = -1
        self._sending = threading.Lock()

    def ask(self, context: PartContext, asked: PartQuestion) -> PartAnswer:
        """Return what comes of a part.

        Raises
        ------
        OSError, EOFError, pickle.PickleError
            The process is gone.
        """
        if self._context != context.number:
            self._send(context)
            self._context = context.number
        self._send(asked)
        found: PartAnswer = receive(_pipe(self._process.stdout))
        return found

    def stop(self) -> None:
        """Tell it to end what goes on."""
        with contextlib.suppress(*_LOST):
            self._send(STOP)

    def close(self) -> None:
        """End it, and wait until it is gone; nothing more can be asked of it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            # What was not written yet is not wanted any more.
            with contextlib.suppress(OSError):
                _pipe(pipe).close()

    def _send(self, message: object) -> None:
        with self._sending:
            send(_pipe(self._process.stdin), message)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


class WorkerPool:
    """Some worker processes.

    Parameters
    ----------
    count
        How many.
    stop
        Once it is set, they end what goes on.

    Raises
    ------
    OSError
        Python cannot be started here.
    """

    def __init__(self, count: int, stop: threading.Event) -> None:
        self._stop, self._closed = stop, threading.Event()
        self._all: list[WorkerProcess] = []
        self._idle: queue.SimpleQueue[WorkerProcess] = queue.SimpleQueue()
        self._numbers = itertools.count()
        try:
            for _ in range(count):
                self._all.append(WorkerProcess())
        except OSError:
            self.close()
            raise
        for worker in self._all:
            self._idle.put(worker)
        threading.Thread(target=self._watch, daemon=True).start()

    def on(self, index: Index, rows: Rows, tiers: Sequence[Tier], seed: int, whole: Whole | None) -> Helpers:
        """Return the same processes, for parts of this."""
        return Helpers(self, PartContext(next(self._numbers), index.portable, rows, tiers, seed, whole))

    def ask(self, context: PartContext, asked: PartQuestion) -> PartAnswer | None:
        """Return what comes of a part, when one of them has time; ``None`` where that one is gone."""
        worker = self._idle.get()
        try:
            return worker.ask(context, asked)
        except _LOST:
            # What was half sent or half read would garble what follows. It says at once then that it is gone.
            worker.close()
            return None
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End all of them."""
        self._closed.set()
        for worker in self._all:
            worker.close()

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK):
            if self._stop.is_set():
                for worker in self._all:
                    worker.stop()
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True)
class Helpers:
    """Worker processes that solve parts in the place of one solver."""

    pool: WorkerPool
    context: PartContext

    def solved(self, state: State, task: Task, budget: Budget) -> PartAnswer | None:
        """Return what comes of a part, and book its time; ``None`` where it could not be asked for."""
        seconds = budget.wall_left if budget.wall_left < float("inf") else None
        asked = PartQuestion(
            self.context.number, state, task, seconds, budget.left if budget.repeatable else None
        )
        found = self.pool.ask(self.context, asked)
        if found is not None:
            budget.book(found.spent, cut=found.cut)
        return found
