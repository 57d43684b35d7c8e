"""``safeschedule serve``: the page where a team works."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.console import emit
from safeschedule.processors import processors

_MOST = 8
"""Processes that answer, where nobody says how many."""

Data = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of its one SQLite file; by itself safeschedule-data."),
]
Database = Annotated[
    str | None, typer.Option(metavar="URL", help="A PostgreSQL database instead of the folder.")
]
Demo = Annotated[bool, typer.Option("--demo", help="Begin with a made-up team and an account for each role.")]
Host = Annotated[str, typer.Option(metavar="NAME", help="Where it listens; by itself only this machine.")]
Port = Annotated[int, typer.Option(min=1, max=65535, metavar="N", help="On which port.")]
Known = Annotated[
    list[str] | None,
    typer.Option("--known-as", metavar="NAME", help="A host name by which browsers call it; once for each."),
]
Certificate = Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE", help="Certificate for TLS.")]
Key = Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="The certificate's key.")]
Insecure = Annotated[
    bool,
    typer.Option("--insecure", help="Listen to other machines without TLS: what is sent can be read."),
]
Processes = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        metavar="N",
        help="Processes that answer; by itself the processors with PostgreSQL, else 1.",
    ),
]
Workers = Annotated[int, typer.Option(min=0, max=64, metavar="N", help="Processes that plan.")]
Search = Annotated[
    float,
    typer.Option(min=1, max=600, metavar="SECONDS", help="How long planning searches; by itself 30."),
]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    data: Data = None,
    database: Database = None,
    demo: Demo = False,
    host: Host = "127.0.0.1",
    port: Port = 8420,
    known_as: Known = None,
    tls_cert: Certificate = None,
    tls_key: Key = None,
    insecure: Insecure = False,
    processes: Processes = None,
    workers: Workers = 1,
    search: Search = 30.0,
) -> None:
    """Run the web application: one command, one machine, one file of data; nothing leaves it.

    The first start prints a link to make the first account.
    """
    from safeschedule.ledger.storage.database import is_url
    from safeschedule.needing import library

    if data is not None and database is not None:
        raise typer.BadParameter("expected either --data or --database")
    if database is not None and not is_url(database):
        raise typer.BadParameter("--database is a URL such as postgresql://user@host/database")
    if (tls_cert is None) != (tls_key is None):
        raise typer.BadParameter("--tls-cert and --tls-key belong together")
    if host not in _LOOPBACK and tls_cert is None and not insecure:
        raise typer.BadParameter(
            "other machines reach this address: give --tls-cert and --tls-key, or say --insecure"
        )
    for name in ("fastapi", "uvicorn", "pwdlib", "sqlalchemy", "alembic"):
        library(name, "serve", "web")
    from safeschedule.web.serving import serve as run
    from safeschedule.web.settings import Settings

    folder = data or Path("safeschedule-data")
    settings = Settings(
        where=database or str(folder / "safeschedule.db"),
        host=host,
        port=port,
        names=tuple(known_as or ()),
        certificate=tls_cert,
        key=tls_key,
        processes=processes or (1 if database is None else min(_MOST, processors())),
        workers=workers,
        search=search,
    )
    run(settings, emit, demo=demo)
