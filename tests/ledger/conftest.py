"""Ledgers in both databases: an SQLite file, and a database of a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Give what makes a new database and returns its URL, or skip where there is no server."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'safeschedule[postgres]'")
    from tests.support.postgres import new_database, programs, server

    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    numbers = count()
    with server(folder) as port:
        yield lambda: new_database(port, f"ledger_{next(numbers)}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgres"))])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give where a new ledger can be, in each of the two databases."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    new: Callable[[], str] = request.getfixturevalue("new_postgres")
    return new()
