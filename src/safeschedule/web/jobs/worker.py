"""A worker: takes jobs one after another, holds them by leases, and keeps what came of them."""

from __future__ import annotations

import multiprocessing
import secrets
import time
from multiprocessing.connection import Connection
from threading import Event
from typing import Any

from safeschedule import Problem, Schedule
from safeschedule.web.jobs import queue
from safeschedule.web.jobs.outcome import JobOutcome
from safeschedule.web.jobs.process import run
from safeschedule.web.storage import Store
from safeschedule.web.storage.reaching import away
from safeschedule.web.weeks import version_of
from safeschedule.web.weeks.proposals import keep

LOOK_SECONDS = 0.4
"""Between two looks into the queue, and between two renewals of a lease while a job runs."""
GRACE_SECONDS = 60.0
"""How much longer than asked a job may take before it is ended."""


class Worker:
    """Takes jobs until it is told to end.

    Parameters
    ----------
    store
        Where jobs and weeks are kept.
    ended
        Set when it is to end; a job that runs then goes back into the queue.
    """

    def __init__(self, store: Store, ended: Event) -> None:
        self._store, self._ended = store, ended
        self._name = f"worker-{secrets.token_hex(4)}"

    def work(self) -> None:
        """Take jobs until the end."""
        while not self._ended.is_set():
            if not self._try():
                self._ended.wait(LOOK_SECONDS)

    def _try(self) -> bool:
        """Do one job, and return whether there was one; where the database is away, there is none."""
        try:
            return self.one()
        except Exception as error:
            if not away(error):
                raise
            return False

    def one(self) -> bool:
        """Do one job, and return whether there was one."""
        job = queue.claim(self._store, self._name)
        if job is None:
            return False
        with self._store.reading() as connection:
            week = version_of(connection, job.week, job.version)
            texts = (
                week.problem(connection).model_dump_json(exclude_defaults=True),
                week.schedule(connection).model_dump_json(exclude_defaults=True),
            )
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=run, args=(theirs, job.kind, *texts, job.asked), daemon=True)
        process.start()
        theirs.close()
        try:
            outcome = self._attend(job, ours, float(job.asked.get("seconds", 60.0)))
        finally:
            process.kill()
            process.join()
            ours.close()
        if outcome is not None:
            self._keep_soon(job, outcome)
        return True

    def _attend(self, job: queue.QueuedJob, pipe: Connection, seconds: float) -> JobOutcome | None:
        """Return what came of a job; ``None``: it is not ours any more."""
        latest, last, told = time.monotonic() + seconds + GRACE_SECONDS, time.monotonic(), None
        stopping = False
        while True:
            if self._ended.is_set():
                queue.let_go(self._store, job.code, self._name)
                return None
            try:
                if pipe.poll(LOOK_SECONDS / 2):
                    kind, body = pipe.recv()
                    if kind == "ended":
                        return body if isinstance(body, JobOutcome) else _crashed()
                    told = body
            except (EOFError, OSError):
                return _crashed()
            if time.monotonic() > latest:
                return JobOutcome({"told": ["It took longer than asked and was ended."], "failed": True})
            if time.monotonic() - last < LOOK_SECONDS:
                continue
            last = time.monotonic()
            try:
                stop = queue.renew(self._store, job.code, self._name, told)
            except Exception as error:
                if not away(error):
                    raise
                continue  # the lease holds for longer than a database needs to begin again
            told = None
            if stop is None:
                return None
            if stop and not stopping:
                stopping, latest = True, time.monotonic() + GRACE_SECONDS
                _send_stop(pipe)

    def _keep_soon(self, job: queue.QueuedJob, outcome: JobOutcome) -> None:
        """Write down what came of a job, as soon as the database answers."""
        latest = time.monotonic() + GRACE_SECONDS
        while True:
            try:
                return self._keep(job, outcome)
            except Exception as error:
                if not away(error) or time.monotonic() > latest:
                    raise
                self._ended.wait(LOOK_SECONDS)

    def _keep(self, job: queue.QueuedJob, outcome: JobOutcome) -> None:
        """Write down what came of a job, all of it or nothing."""
        with self._store.writing() as connection:
            found: dict[str, Any] = dict(outcome.found)
            week = version_of(connection, job.week, job.version)
            if queue.find_job(connection, job.code).state != queue.RUNNING:
                return
            codes = []
            for offer in outcome.offers:
                given = week.problem(connection)
                problem = given if offer.problem is None else Problem.model_validate_json(offer.problem)
                schedule = Schedule.model_validate_json(offer.schedule)
                codes.append(keep(connection, job.code, job.week, job.version, problem, schedule, offer.body))
            found["proposals"] = codes
            stopped = queue.find_job(connection, job.code).stop
            state = queue.FAILED if found.get("failed") else queue.STOPPED if stopped else queue.DONE
            if not queue.end(connection, job.code, self._name, state, found):
                connection.rollback()


def _send_stop(pipe: Connection) -> None:
    try:
        pipe.send("stop")
    except OSError:
        return  # it has ended meanwhile, and what it sent is read next


def _crashed() -> JobOutcome:
    return JobOutcome({"told": ["The solver's process ended without an answer."], "failed": True})
