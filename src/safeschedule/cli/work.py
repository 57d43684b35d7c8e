"""``safeschedule work``: processes that plan for the web application, on this or on another machine."""

from __future__ import annotations

from typing import Annotated

import typer

from safeschedule.cli.console import emit

Database = Annotated[
    str, typer.Option(metavar="URL", help="The PostgreSQL database that `serve --database` was given.")
]
Workers = Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Processes that plan.")]


def work(database: Database, workers: Workers = 1) -> None:
    """Plan what the page is asked for, from another machine: it shares the database, and no folder.

    It needs the same release as the page. Ctrl-C ends it; what it was working on goes back into the queue.
    """
    from safeschedule.ledger.storage.database import is_url
    from safeschedule.needing import library

    if not is_url(database):
        raise typer.BadParameter("--database is a URL such as postgresql://user@host/database")
    for name in ("sqlalchemy", "alembic"):
        library(name, "work", "web")
    from safeschedule.web.serving import work as run
    from safeschedule.web.settings import Settings

    run(Settings(where=database, workers=workers), emit)
