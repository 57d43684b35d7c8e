"""Connections to the two databases, and transactions in which only one writer appends at a time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, make_url, select, text
from sqlalchemy.pool import QueuePool

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.ledger.storage.tables import REVISION, revisions
from safeschedule.needing import library
from safeschedule.problem.showing import show

WAIT = 120
"""Seconds that a writer waits for its turn."""

_KEY = 0x5AFE5C4ED
"""Of PostgreSQL's advisory lock while the schema is made: a number that nobody else takes."""


def is_url(where: str | Path) -> bool:
    """Return whether a ledger is named by a URL."""
    return "://" in str(where)


def engine_of(where: str | Path) -> Engine:
    """Return the engine of a ledger's file or URL.

    Raises
    ------
    InputError
        The URL is none, is that of another kind of database, or its driver is not installed.
    """
    if not is_url(where):
        return _sqlite(Path(where))
    expected = "a file, or a URL such as postgresql://user@host/database"
    try:
        url = make_url(str(where))
    except exc.ArgumentError:
        # What cannot be read may hold a password: it is not repeated.
        raise ArgumentError("ledger", [Fault("bad_value", "--ledger", "", expected)]) from None
    if url.get_backend_name() != "postgresql" or url.get_driver_name() not in ("psycopg", "psycopg2"):
        raise ArgumentError("ledger", [Fault("unknown_value", "--ledger", show(url.drivername), expected)])
    library("psycopg", "ledger", "postgres")
    # A connection that is kept may be to a server that was started again meanwhile. What a statement holds
    # stays out of its errors: they end in logs.
    name = url.set(drivername="postgresql+psycopg")
    return create_engine(name, pool_pre_ping=True, hide_parameters=True)


def _sqlite(path: Path) -> Engine:
    # One connection is kept: closing the last one writes the log into the file, which takes its time.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=QueuePool,
        connect_args={"timeout": WAIT},
        hide_parameters=True,  # errors end in logs
    )

    def connected(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where this module says so
        connection.execute("PRAGMA synchronous=FULL")

    def begins(connection: Connection) -> None:
        # A writer that began with reading could not become one while another writes.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begins)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection in whose transaction the ledger stays as it is."""
    with _told(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def appending(engine: Engine) -> Iterator[Connection]:
    """Give a connection that is the only one to append until its transaction ends."""
    with _told(engine), engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT}s'"))
            # Whoever reads goes on; whoever appends waits.
            connection.execute(text("LOCK TABLE ledger_entry IN EXCLUSIVE MODE"))
        yield connection


def make(where: str | Path) -> None:
    """Make a ledger where there is none yet; two who do so at once make one."""
    library("alembic", "ledger", "ledger")
    if is_url(where):
        _make_tables(engine_of(where))
    elif not os.path.lexists(where):
        _make_file(Path(where))


def _make_tables(engine: Engine) -> None:
    from safeschedule.ledger.storage.migrations import upgrade

    with _told(engine), engine.connect() as connection, connection.begin():
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_KEY})"))
        upgrade(connection)
    engine.dispose()


def _make_file(path: Path) -> None:
    """Make a file under another name, and give it its own when it is whole."""
    from safeschedule.ledger.storage.migrations import upgrade

    if not path.parent.is_dir():
        raise _fault("missing_folder", show(path.name), f"that the folder {path.parent} exists")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ledger-", suffix=".safeschedule.tmp")
    os.close(handle)
    try:
        engine = _sqlite(Path(name))
        with _told(engine), engine.connect() as connection:
            # The log stays with the file: readers never wait for a writer.
            connection.connection.dbapi_connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[union-attr]
            with connection.begin():
                upgrade(connection)
        engine.dispose()
        # Somebody else may have made it meanwhile; that one counts then.
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        for beside in (name, f"{name}-wal", f"{name}-shm"):
            Path(beside).unlink(missing_ok=True)


def require_known(connection: Connection) -> None:
    """Do nothing when a database is a ledger that this release reads.

    Raises
    ------
    InputError
        It is not.
    """
    if not inspect(connection).has_table(revisions.name):
        raise _fault("not_a_ledger", "", "a ledger; `safeschedule ledger add` begins one")
    found = connection.scalar(select(revisions.c.version_num))
    if found != REVISION:
        raise _fault("wrong_version", show(found), f"{show(REVISION)}, the version that this release reads")


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Tell what a database refuses as a fault, without what its message may hold of a password."""
    try:
        yield
    except exc.OperationalError as error:
        first = str(error.orig).partition("\n")[0]
        place = engine.url.render_as_string(hide_password=True)
        raise _fault("unreachable", show(first), "a database that can be reached", place) from None
    except exc.DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise
        raise _fault("not_a_ledger", "another kind of file", "an SQLite file") from None


def _fault(code: str, value: str, expected: str, place: str = "--ledger") -> InputError:
    return InputError("ledger", [Fault(code, place, value, expected)])
