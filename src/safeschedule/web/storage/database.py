"""One database for the ledger and the application's tables, and the three kinds of transactions on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select, text

from safeschedule import Fault, InputError, Ledger
from safeschedule.ledger.storage import database as ledger_database
from safeschedule.ledger.storage.tables import entries

_KEY = 0x5AFE3EB
"""Of PostgreSQL's advisory lock while the tables are made."""


class Store:
    """Where everything is kept.

    Parameters
    ----------
    where
        An SQLite file, or a PostgreSQL URL.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.engine = ledger_database.engine_of(where)

    @property
    def many(self) -> bool:
        """Whether the database takes several writers at once."""
        return self.engine.dialect.name == "postgresql"

    def make(self) -> None:
        """Make what is missing: the ledger, and then the application's tables."""
        from safeschedule.web.storage.migrations import upgrade

        if not ledger_database.is_url(self.where):
            _private_folder(Path(self.where).parent)
        ledger_database.make(self.where)
        with self.writing() as connection:
            if self.many:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_KEY})"))
            upgrade(connection)

    def require_made(self) -> None:
        """Do nothing when the tables are there, as this release makes them.

        Raises
        ------
        InputError
            They are not, or the database cannot be reached.
        """
        from safeschedule.web.storage.migrations import is_current

        with self.reading() as connection:
            if not is_current(connection):
                expected = "one that `safeschedule serve` of this release began"
                raise InputError("database", [Fault("wrong_version", "--database", "", expected)])

    def ledger(self) -> Ledger:
        """Return the ledger in the same database, to read and to verify."""
        return Ledger(self.where)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment."""
        with ledger_database.reading(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for rows of which the ledger does not speak: sign-ins, jobs and their events."""
        options = {"writes": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextmanager
    def deciding(self) -> Iterator[Connection]:
        """Give a connection for rows and their ledger entries; one at a time, all or nothing."""
        with ledger_database.appending(self.engine) as connection:
            yield connection

    def close(self) -> None:
        """Close the connections that are kept."""
        self.engine.dispose()


def ledger_head(connection: Connection) -> str:
    """Return number and hash of the ledger's last entry; nothing where there is none."""
    asked = select(entries.c.number, entries.c.hash).order_by(entries.c.number.desc()).limit(1)
    found = connection.execute(asked).first()
    return "" if found is None else f"{found.number}:{found.hash}"


def _private_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
