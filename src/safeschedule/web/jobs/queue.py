"""The queue: a row a job. A worker holds one by a lease that it renews; one that is lost is queued again."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from safeschedule.web.storage import Store
from safeschedule.web.storage.tables import events, jobs
from safeschedule.web.times import ahead, stamp
from safeschedule.web.told import RefusalError, not_found

QUEUED, RUNNING, DONE, STOPPED, FAILED = "queued", "running", "done", "stopped", "failed"
ENDED = (DONE, STOPPED, FAILED)
LEASE_SECONDS = 20
MOST_TRIES = 2
MOST_WAITING = 5
"""Jobs of one week that wait or run."""


@dataclass(frozen=True)
class QueuedJob:
    """One job.

    Parameters
    ----------
    code, kind
        Which, and what is to be done.
    week, version
        About which version of which week.
    asked
        What was asked for.
    state
        ``queued``, ``running``, ``done``, ``stopped`` or ``failed``.
    stop
        Whether somebody wants it to stop.
    tries
        How often a worker took it.
    found
        What came of it.
    """

    code: str
    kind: str
    week: str
    version: int
    asked: dict[str, Any]
    state: str
    stop: bool
    tries: int
    made_by: str
    made_at: str
    found: dict[str, Any] | None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ENDED

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "job": self.code,
            "kind": self.kind,
            "week": self.week,
            "version": self.version,
            "state": self.state,
            "found": self.found,
            "at": self.made_at,
        }


def ask_for(
    connection: Connection, kind: str, week: str, version: int, asked: dict[str, Any], by: str
) -> QueuedJob:
    """Put a job into the queue and return it.

    Raises
    ------
    RefusalError
        This week has many already.
    """
    busy = (
        select(func.count()).select_from(jobs).where(jobs.c.week == week, jobs.c.state.in_((QUEUED, RUNNING)))
    )
    if (connection.scalar(busy) or 0) >= MOST_WAITING:
        raise RefusalError(429, "busy", "Much is worked out for this week already; wait, or stop some of it.")
    code = secrets.token_hex(6)
    row = {
        "code": code,
        "kind": kind,
        "week": week,
        "version": version,
        "asked": json.dumps(asked),
        "state": QUEUED,
        "stop": 0,
        "tries": 0,
        "made_by": by,
        "made_at": stamp(),
    }
    connection.execute(jobs.insert().values(**row))
    return find_job(connection, code)


def find_job(connection: Connection, code: str) -> QueuedJob:
    """Return a job.

    Raises
    ------
    RefusalError
        There is none.
    """
    row = connection.execute(jobs.select().where(jobs.c.code == code)).first()
    if row is None:
        raise not_found("job")
    return _job(row)


def jobs_of(connection: Connection, week: str, kind: str | None = None) -> list[QueuedJob]:
    """Return the latest jobs of a week, the newest first."""
    asked = jobs.select().where(jobs.c.week == week)
    if kind is not None:
        asked = asked.where(jobs.c.kind == kind)
    return [_job(row) for row in connection.execute(asked.order_by(jobs.c.made_at.desc()).limit(20))]


def job_events(connection: Connection, code: str, after: int = 0) -> list[tuple[int, dict[str, Any]]]:
    """Return what a job told after a number, in order."""
    asked = events.select().where(events.c.job == code, events.c.number > after).order_by(events.c.number)
    return [(row.number, json.loads(row.body)) for row in connection.execute(asked)]


def stop_job(connection: Connection, code: str) -> None:
    """Ask a job to stop; one that has not begun never will."""
    connection.execute(jobs.update().where(jobs.c.code == code).values(stop=1))
    waiting = jobs.update().where(jobs.c.code == code, jobs.c.state == QUEUED)
    connection.execute(waiting.values(state=STOPPED, ended_at=stamp()))


def claim(store: Store, holder: str) -> QueuedJob | None:
    """Take the job that waits longest, or whose holder is gone; ``None``: there is none."""
    ready = (jobs.c.state == QUEUED) | ((jobs.c.state == RUNNING) & (jobs.c.lease_until < stamp()))
    asked = select(jobs.c.code).where(ready)
    with store.reading() as connection:
        # Looking costs nobody anything; only who has seen something writes.
        if connection.scalar(asked.limit(1)) is None:
            return None
    with store.writing() as connection:
        first = jobs.select().where(ready).order_by(jobs.c.made_at).limit(1)
        row = connection.execute(first.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        one = jobs.update().where(jobs.c.code == row.code)
        if row.tries >= MOST_TRIES:
            found = {"told": ["It was begun twice and did not end. Nothing was changed."]}
            connection.execute(one.values(state=FAILED, ended_at=stamp(), found=json.dumps(found)))
            return None
        values = {"state": RUNNING, "holder": holder, "tries": row.tries + 1, "lease_until": _lease()}
        connection.execute(one.values(**values))
        return find_job(connection, row.code)


def renew(store: Store, code: str, holder: str, told: dict[str, Any] | None) -> bool | None:
    """Renew a lease, write down what was told, and return whether to stop; ``None``: the lease is lost."""
    with store.writing() as connection:
        mine = jobs.update().where(jobs.c.code == code, jobs.c.holder == holder, jobs.c.state == RUNNING)
        if connection.execute(mine.values(lease_until=_lease())).rowcount != 1:
            return None
        if told is not None:
            add_event(connection, code, told)
        return find_job(connection, code).stop


def let_go(store: Store, code: str, holder: str) -> None:
    """Put a job back into the queue, because its worker ends; that is no try."""
    with store.writing() as connection:
        mine = jobs.update().where(jobs.c.code == code, jobs.c.holder == holder, jobs.c.state == RUNNING)
        connection.execute(mine.values(state=QUEUED, holder=None, lease_until=None, tries=jobs.c.tries - 1))


def end(connection: Connection, code: str, holder: str, state: str, found: dict[str, Any]) -> bool:
    """Say what came of a job; false: somebody else holds it now, and nothing is written."""
    mine = jobs.update().where(jobs.c.code == code, jobs.c.holder == holder, jobs.c.state == RUNNING)
    values = {"state": state, "ended_at": stamp(), "found": json.dumps(found, ensure_ascii=False)}
    if connection.execute(mine.values(**values)).rowcount != 1:
        return False
    add_event(connection, code, {"state": state})
    return True


def add_event(connection: Connection, code: str, body: dict[str, Any]) -> None:
    """Write down what a job tells."""
    last = connection.scalar(select(func.max(events.c.number)).where(events.c.job == code)) or 0
    row = {"job": code, "number": last + 1, "at": stamp(), "body": json.dumps(body, ensure_ascii=False)}
    connection.execute(events.insert().values(**row))


def _lease() -> str:
    return ahead(seconds=LEASE_SECONDS)


def _job(row: Row[Any]) -> QueuedJob:
    return QueuedJob(
        code=row.code,
        kind=row.kind,
        week=row.week,
        version=row.version,
        asked=json.loads(row.asked),
        state=row.state,
        stop=bool(row.stop),
        tries=row.tries,
        made_by=row.made_by,
        made_at=row.made_at,
        found=None if row.found is None else json.loads(row.found),
    )
