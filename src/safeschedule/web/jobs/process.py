"""The process in which one job runs: it can be stopped kindly, or ended without harm to anything else."""

from __future__ import annotations

import os
import signal
import threading
from multiprocessing.connection import Connection
from typing import Any

from safeschedule import Problem, Progress, SafeScheduleError, Schedule
from safeschedule.web.jobs.kinds import KINDS
from safeschedule.web.jobs.outcome import JobOutcome


def run(pipe: Connection, kind: str, problem: str, schedule: str, asked: dict[str, Any]) -> None:
    """Do one job and send what came of it: ``("progress", ...)`` again and again, then ``("ended", ...)``.

    Parameters
    ----------
    pipe
        To the worker; anything that comes in means stop.
    kind
        Which kind of job.
    problem, schedule
        The week, as JSON.
    asked
        What was asked for.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker ends this process
    stop, sending = threading.Event(), threading.Lock()
    threading.Thread(target=_hear, args=(pipe, stop), daemon=True).start()

    def tell(progress: Progress) -> None:
        told = {"phase": progress.phase, "seconds": round(progress.seconds, 1)}
        if progress.gap is not None and progress.best is not None:
            told |= {"best": progress.best, "gap": min(progress.gap, 1e6)}
        with sending:
            pipe.send(("progress", told))

    try:
        week = Problem.model_validate_json(problem), Schedule.model_validate_json(schedule)
        found = KINDS[kind](*week, asked, tell, stop)
    except SafeScheduleError as error:
        found = JobOutcome({"told": str(error).splitlines(), "failed": True})
    except Exception as error:
        # Its text could hold more than codes.
        found = JobOutcome(
            {"told": [f"Something went wrong inside: {type(error).__name__}."], "failed": True}
        )
    with sending:
        pipe.send(("ended", found))


def _hear(pipe: Connection, stop: threading.Event) -> None:
    try:
        while True:
            pipe.recv()
            stop.set()
    except (EOFError, OSError):
        # The worker is gone, and nobody wants an answer. A search would go on to its own end, and hold what
        # it has inherited open: whoever waits for the whole command's output would wait for it.
        os._exit(1)
