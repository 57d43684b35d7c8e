"""Removing old weeks when a service's rules ask for it: by one command, and told by the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, delete, select, text, union

from safeschedule import Signatory, Statement, WeekChanged
from safeschedule.ledger import append_within
from safeschedule.web.storage import Store
from safeschedule.web.storage.tables import (
    actuals,
    bookings,
    documents,
    events,
    jobs,
    proposals,
    publications,
    ticks,
    versions,
    weeks,
)
from safeschedule.web.times import now
from safeschedule.web.weeks.reading import KeptWeek, all_weeks

GUARDED = ("web_week_version", "web_document", "web_publication")
"""The tables of which triggers refuse to lose anything."""


def old_weeks(connection: Connection, before: date) -> list[KeptWeek]:
    """Return the weeks that began before a date, the oldest first."""
    return [week for week in reversed(all_weeks(connection)) if week.week_start < str(before)]


def remove_weeks(store: Store, before: date, by: Signatory, why: str) -> tuple[KeptWeek, ...]:
    """Remove the weeks that began before a date, with all versions, and return them.

    Each is an entry of the ledger, which keeps its earlier entries: they hold hashes and codes, and no week.

    Parameters
    ----------
    store
        Where everything is kept.
    before
        Weeks that began on that date or later stay.
    by, why
        Who decided it, and for which reason.
    """
    with store.deciding() as connection, _unguarded(connection):
        gone = old_weeks(connection, before)
        for week in gone:
            append_within(connection, _said(week, by, why))
        _remove(connection, [week.code for week in gone])
        connection.execute(delete(actuals).where(actuals.c.week_start < str(before)))
    if gone:
        _forget(store)
    return tuple(gone)


def _said(week: KeptWeek, by: Signatory, why: str) -> Statement:
    content = WeekChanged(
        week=week.code,
        week_start=date.fromisoformat(week.week_start),
        version=week.version,
        action="removed",
    )
    return Statement(at=now(), by=by, why=why, content=content)


def _remove(connection: Connection, codes: Sequence[str]) -> None:
    own_jobs = select(jobs.c.code).where(jobs.c.week.in_(codes))
    own_proposals = select(proposals.c.code).where(proposals.c.week.in_(codes))
    connection.execute(delete(ticks).where(ticks.c.proposal.in_(own_proposals)))
    connection.execute(delete(events).where(events.c.job.in_(own_jobs)))
    for table in (proposals, jobs, bookings, publications, versions):
        connection.execute(delete(table).where(table.c.week.in_(codes)))
    connection.execute(delete(weeks).where(weeks.c.code.in_(codes)))
    # What no week uses any more; several may share one text.
    users = (versions, publications, proposals)
    used = union(*(select(column) for each in users for column in (each.c.problem, each.c.schedule)))
    connection.execute(delete(documents).where(documents.c.hash.not_in(used)))


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Let rows be removed within this transaction; the triggers are there again at its end, or never left."""
    if connection.dialect.name == "postgresql":
        for table in GUARDED:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {table}_refuse"))
        yield
        for table in GUARDED:
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER {table}_refuse"))
        return
    # Pages of the file are written over, not only marked as free.
    connection.execute(text("PRAGMA secure_delete = ON"))
    names = [f"{table}_no_delete" for table in GUARDED]
    asked = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    made = [connection.execute(asked, {"name": name}).scalar_one() for name in names]
    for name in names:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for statement in made:
        connection.exec_driver_sql(statement)


def _forget(store: Store) -> None:
    """Let the file of the log forget what was removed, too."""
    if not store.many:
        raw = store.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
