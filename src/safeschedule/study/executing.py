"""Jobs on any executor of `concurrent.futures`: processes of our own, a cluster's, or threads."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from safeschedule.errors import ArgumentError, Fault
from safeschedule.study.jobs import StudyJob, run_job, stopped_by
from safeschedule.study.runs import RunStatus, StudyRun

TRIES = 3
"""How often a job is given out when whoever solves it ends without a word."""

TICK = 0.2
"""Seconds between two looks at whether to stop."""

Hear = Callable[[str, StudyRun], None]


def solve_jobs(
    jobs: Mapping[str, StudyJob],
    executor: Any,
    processes: int | None,
    hear: Hear,
    stop: threading.Event,
) -> None:
    """Solve jobs, in whatever order, and tell of each that is done.

    Parameters
    ----------
    jobs
        By key.
    executor
        An executor, or what has one (``get_executor()``, as a client of Dask has); ``None``: processes of
        this machine, begun anew when one of them is killed.
    processes
        How many of these; ``None``: one for each processor.
    hear
        Called with key and run, one call at a time, in this thread.
    stop
        When set, what has not begun is left, and our own processes end soon.
    """
    left, tries, rounds = dict(jobs), Counter[str](), 0
    while left and not stop.is_set():
        rounds += 1
        # One of our processes that is killed takes all that were given out with it. Where that happens again,
        # jobs are given out one by one, so that only the one that does it is given up.
        alone = executor is None and rounds > 2
        given = dict([next(iter(left.items()))]) if alone else dict(left)
        with _executor(executor, processes, len(given), stop) as pool:
            crashed = _round(pool, given, left, hear, stop)
        tries.update(crashed.keys())
        for key, why in crashed.items():
            if tries[key] >= TRIES and (alone or executor is not None):
                hear(key, _crash(left.pop(key), tries[key], why))


def _round(
    pool: Executor, jobs: Mapping[str, StudyJob], left: dict[str, StudyJob], hear: Hear, stop: threading.Event
) -> dict[str, str]:
    """Give jobs out once; take those that are done out of `left`, and return by what the others crashed."""
    given: dict[Future[StudyRun], str] = {}
    crashed: dict[str, str] = {}
    for key, job in jobs.items():
        try:
            given[pool.submit(run_job, job)] = key
        except RuntimeError as error:  # somebody was killed, or the executor is closed
            crashed[key] = type(error).__name__
    waiting = set(given)
    while waiting and not stop.is_set():
        done, waiting = wait(waiting, timeout=TICK, return_when=FIRST_COMPLETED)
        for future in done:
            key, run = given[future], _outcome(future)
            if isinstance(run, str):
                crashed[key] = run
            elif run.ended != "stop":
                del left[key]
                hear(key, run)
    for future in waiting:
        future.cancel()
    return crashed


def _outcome(future: Future[StudyRun]) -> StudyRun | str:
    """Return a run, or by which error it crashed: whoever solved it was killed, or lost it on the way."""
    try:
        return future.result()
    except (Exception, CancelledError) as error:
        # Errors on purpose are returned; whatever else there is may not be there the next time.
        return type(error).__name__


def _crash(job: StudyJob, tries: int, why: str) -> StudyRun:
    expected = "that it is solved; its process was killed, ran out of memory, or met an error inside"
    fault = Fault("crash", "run", f"{why}, {tries} times", expected)
    return replace(StudyRun("", "", job.seed, RunStatus.CRASH), faults=(fault,))


@contextmanager
def _executor(given: Any, processes: int | None, jobs: int, stop: threading.Event) -> Iterator[Executor]:
    if given is not None:
        yield executor_of(given)  # whoever made it ends it
        return
    context = multiprocessing.get_context("spawn")  # threads of solvers do not survive a fork
    ending = context.Event()
    count = max(1, min(processes or os.cpu_count() or 1, jobs))
    pool = ProcessPoolExecutor(count, context, _begin, (ending,))
    try:
        yield pool
    except BaseException:
        ending.set()
        raise
    finally:
        if stop.is_set():
            ending.set()
        pool.shutdown(wait=True, cancel_futures=True)


def executor_of(given: Any) -> Executor:
    """Return an executor, or that of a cluster's client.

    Raises
    ------
    ArgumentError
        It is neither.
    """
    offered = getattr(given, "get_executor", None)
    found = offered() if callable(offered) else given
    if not isinstance(found, Executor):
        fault = Fault(
            "wrong_type",
            "executor",
            f"a {type(given).__name__}",
            "an executor of concurrent.futures, a client of dask.distributed, or None for processes",
        )
        raise ArgumentError("arguments of Study.run", [fault])
    return found


def _begin(ending: Any) -> None:
    """Begin a process of our own: it leaves signals to the one that began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stopped_by(ending)
