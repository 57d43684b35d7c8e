"""``safeschedule retention``: remove old weeks from the web application's data, on purpose."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.console import console

Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of its one SQLite file; by itself safeschedule-data."),
]
Database = Annotated[
    str | None, typer.Option(metavar="URL", help="A PostgreSQL database instead of the folder.")
]
Before = Annotated[
    datetime,
    typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Weeks that began before it are removed."),
]
By = Annotated[
    str | None,
    typer.Option(metavar="ROLE:CODE", help="Who decided it, such as lead:L1; without it nothing is removed."),
]
Why = Annotated[str, typer.Option(metavar="TEXT", help="For which reason, without names.")]


def retention(
    before: Before,
    data: Data = None,
    database: Database = None,
    by: By = None,
    why: Why = "The time for which weeks are kept is over",
) -> None:
    """List the weeks that began before a date; with --by remove them, all versions of them included.

    The ledger says that they were removed, by whom and why; its entries stay.
    """
    from safeschedule.errors import Fault, InputError
    from safeschedule.ledger import Signatory
    from safeschedule.ledger.storage.database import is_url
    from safeschedule.needing import library

    if data is not None and database is not None:
        raise typer.BadParameter("expected either --data or --database")
    if database is not None and not is_url(database):
        raise typer.BadParameter("--database is a URL such as postgresql://user@host/database")
    role, _, code = (by or "").partition(":")
    if by is not None and not (role and code):
        raise typer.BadParameter("--by is ROLE:CODE, such as lead:L1")
    for name in ("sqlalchemy", "alembic"):
        library(name, "retention", "web")
    from safeschedule.web.storage import Store
    from safeschedule.web.weeks.removing import old_weeks, remove_weeks

    where = database or str((data or Path("safeschedule-data")) / "safeschedule.db")
    if database is None and not Path(where).is_file():
        expected = "the data of safeschedule serve"
        raise InputError("the data", [Fault("missing_file", Path(where).name, "", expected)])
    store = Store(where)
    try:
        store.make()
        to = console()
        if by is None:
            with store.reading() as connection:
                found = old_weeks(connection, before.date())
            for week in found:
                told = f"{week.week_start}  {week.code}  version {week.version}, {week.state}"
                to.print(told, soft_wrap=True)
            to.print(f"{len(found)} weeks began before {before.date()}. Nothing was removed; --by does it.")
            return
        gone = remove_weeks(store, before.date(), Signatory(role=role, code=code), why)
        to.print(f"{len(gone)} weeks that began before {before.date()} were removed; the ledger says so.")
    finally:
        store.close()
