"""The ledger itself: statements go in at its end, and nothing is ever changed or removed."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.ledger.chain import ChainAccount, LedgerHead, Link, chained, entry_of, walk
from safeschedule.ledger.contents import KINDS, Content, PolicySet
from safeschedule.ledger.entry import LedgerEntry, Statement
from safeschedule.ledger.fitting import faults_of_statement
from safeschedule.needing import library
from safeschedule.problem.kinds import require_kind, require_path
from safeschedule.problem.showing import show

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Ledger:
    """An append-only record of what was decided, by whom, when and why.

    It is an SQLite file, or a PostgreSQL database by a URL. Several processes may append at once: each
    entry gets its place in one transaction, in which nobody else appends.

    Parameters
    ----------
    where
        The file, or a URL such as ``postgresql://user@host/database``.
    create
        Whether to begin one where there is none.

    Raises
    ------
    InputError
        There is none, it is something else, or the library that it needs is not installed.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from safeschedule import ConcernRaised, Ledger, Signatory, Statement
    >>> ledger = Ledger(folder / "ledger.db", create=True)
    >>> said = Statement(
    ...     at=datetime(2026, 10, 5, 9, tzinfo=UTC),
    ...     by=Signatory(role="nurse", code="C2"),
    ...     why="Third week without a break",
    ...     content=ConcernRaised(concern="No break on Tuesdays"),
    ... )
    >>> [entry.number for entry in ledger.add(said)]
    [1]
    >>> ledger.verify().sound
    True
    """

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        require_path("Ledger", "where", where)
        require_kind("Ledger", "create", create, bool, "True or False")
        library("sqlalchemy", "ledger", "ledger")
        from safeschedule.ledger.storage import database

        if create:
            database.make(where)
        elif not database.is_url(where) and not Path(where).exists():
            fault = Fault("missing_file", show(Path(where).name), "no such file", "a ledger that exists")
            raise InputError("ledger", [fault])
        self._engine = database.engine_of(where)
        self.close = weakref.finalize(self, self._engine.dispose)
        """Close the connections that are kept; it happens by itself when nobody has the ledger any more."""
        with database.reading(self._engine) as connection:
            database.require_known(connection)

    def add(self, *statements: Statement) -> tuple[LedgerEntry, ...]:
        """Write statements down at the end, all or none, and return them as entries.

        Raises
        ------
        InputError
            Some are refused; with every fault.
        """
        for number, statement in enumerate(statements):
            require_kind("Ledger.add", f"statements[{number}]", statement, Statement)
        from safeschedule.ledger.storage.database import appending

        with appending(self._engine) as connection:
            return tuple(_append(_Stored(connection), statements))

    def links(self) -> Iterator[Link]:
        """Yield what is stored, in the order of the numbers."""
        from safeschedule.ledger.storage.database import reading

        with reading(self._engine) as connection:
            yield from _Stored(connection).links()

    def entries(self, kind: str | None = None) -> tuple[LedgerEntry, ...]:
        """Return the entries, or those of a kind.

        Raises
        ------
        ArgumentError
            There is no such kind.
        InputError
            Something stored is no entry; `verify` says more.
        """
        if kind is not None and kind not in KINDS:
            expected = f"one of: {', '.join(KINDS)}"
            raise ArgumentError("entries", [Fault("unknown_value", "kind", show(kind), expected)])
        return tuple(entry_of(link) for link in self.links() if kind in (None, link.kind))

    def verify(self, held_against: LedgerHead | None = None) -> ChainAccount:
        """Walk the chain and say which is the first entry that does not fit.

        Parameters
        ----------
        held_against
            A head that was kept earlier: it proves that nothing was cut off at the end or made anew.
        """
        return walk(self.links(), held_against)


def append_within(connection: Connection, *statements: Statement) -> tuple[LedgerEntry, ...]:
    """Write statements down within a transaction of an application that keeps tables beside the ledger.

    What is stated and what it speaks of are then there together, or neither is. The connection has to be of
    a ledger's database, in a transaction in which nobody else appends
    (`safeschedule.ledger.storage.database.appending`).

    Raises
    ------
    InputError
        Some are refused; with every fault. The transaction has to be given up then.
    """
    return tuple(_append(_Stored(connection), statements))


class _Stored:
    """What stands in a ledger, as seen in one transaction."""

    def __init__(self, connection: Connection) -> None:
        from safeschedule.ledger.storage.tables import entries

        self._connection, self._table = connection, entries

    def links(self) -> Iterator[Link]:
        for row in self._connection.execute(self._table.select().order_by(self._table.c.number)):
            yield Link(**row._mapping)

    def last(self, kind: str | None = None) -> Link | None:
        asked = self._table.select().order_by(self._table.c.number.desc()).limit(1)
        if kind is not None:
            asked = asked.where(self._table.c.kind == kind)
        row = self._connection.execute(asked).first()
        return None if row is None else Link(**row._mapping)

    def content(self, number: int) -> Content | None:
        row = self._connection.execute(self._table.select().where(self._table.c.number == number)).first()
        return None if row is None else entry_of(Link(**row._mapping)).content

    def policy(self) -> PolicySet:
        link = self.last("policy_set")
        found = None if link is None else entry_of(link).content
        return found if isinstance(found, PolicySet) else PolicySet()

    def append(self, link: Link) -> None:
        self._connection.execute(self._table.insert().values(**vars(link)))


def _append(stored: _Stored, statements: Iterable[Statement]) -> Iterator[LedgerEntry]:
    faults: list[Fault] = []
    last = stored.last()
    for place, statement in enumerate(statements):
        found = tuple(faults_of_statement(statement, stored))
        if found or faults:
            # The rest is looked at as well, and the transaction comes to nothing.
            faults += (Fault(f.code, f"[{place}].{f.place}", f.value, f.expected) for f in found)
            continue
        last = chained(statement, last)
        stored.append(last)
        yield entry_of(last)
    if faults:
        raise InputError("ledger", faults)
