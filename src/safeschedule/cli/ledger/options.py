"""What the commands of the ledger share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from safeschedule.cli.moments import now

Where = Annotated[
    str,
    typer.Option(
        "--ledger", metavar="FILE_OR_URL", help="An SQLite file, a postgresql:// URL, or an export (.jsonl)."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]
On = Annotated[
    datetime | None,
    typer.Option(
        "--on", formats=["%Y-%m-%d"], metavar="DATE", help="As of which date; by itself today's in UTC."
    ),
]


def as_of(on: datetime | None) -> date:
    """Return the date of the option, or today's."""
    return now().date() if on is None else on.date()
