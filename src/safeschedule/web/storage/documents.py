"""Problems and schedules as texts that never change, each kept once by the hash of its text."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

from sqlalchemy import Connection, select

from safeschedule import Problem, Schedule
from safeschedule.web.storage.tables import documents
from safeschedule.web.times import stamp
from safeschedule.web.told import not_found

_KEPT = 24
"""Problems and schedules that are kept ready, so that a question need not read its week again."""

_ready: OrderedDict[str, Problem | Schedule] = OrderedDict()
_lock = Lock()


def put(connection: Connection, entity: Problem | Schedule) -> str:
    """Keep a problem or a schedule, and return its hash."""
    kind = "problem" if isinstance(entity, Problem) else "schedule"
    body = entity.model_dump_json(exclude_defaults=True)
    key = hashlib.sha256(f"{kind}\n{body}".encode()).hexdigest()
    there = connection.scalar(select(documents.c.hash).where(documents.c.hash == key))
    if there is None:
        row = {"hash": key, "kind": kind, "body": body, "made_at": stamp()}
        connection.execute(documents.insert().values(**row))
    _remember(key, entity)
    return key


def problem(connection: Connection, key: str) -> Problem:
    """Return a problem by its hash."""
    found = _get(connection, key, Problem)
    assert isinstance(found, Problem)
    return found


def schedule(connection: Connection, key: str) -> Schedule:
    """Return a schedule by its hash."""
    found = _get(connection, key, Schedule)
    assert isinstance(found, Schedule)
    return found


def _get(connection: Connection, key: str, kind: type[Problem] | type[Schedule]) -> Problem | Schedule:
    with _lock:
        if key in _ready:
            _ready.move_to_end(key)
            return _ready[key]
    body = connection.scalar(select(documents.c.body).where(documents.c.hash == key))
    if body is None:
        raise not_found("document")
    found = kind.model_validate_json(body)
    _remember(key, found)
    return found


def _remember(key: str, entity: Problem | Schedule) -> None:
    with _lock:
        _ready[key] = entity
        _ready.move_to_end(key)
        while len(_ready) > _KEPT:
            _ready.popitem(last=False)
