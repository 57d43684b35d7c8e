"""What the commands of the ledger share."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.moments import now

if TYPE_CHECKING:
    from safeschedule.ledger import LedgerView, OverrideInForce

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


FromLedger = Annotated[
    str | None,
    typer.Option("--ledger", metavar="FILE_OR_URL", help="The ledger whose overrides in force are heeded."),
]


TheirLedger = Annotated[
    str | None,
    typer.Option(
        "--ledger", metavar="FILE_OR_URL", help="The ledger whose exceptions and restrictions are heeded."
    ),
]


def view_of(ledger: str | None, on: datetime | None) -> LedgerView | None:
    """Return what a ledger says on a date; nothing without a ledger."""
    if ledger is None:
        if on is not None:
            raise typer.BadParameter("--on belongs to --ledger: it says on which date the ledger counts")
        return None
    from safeschedule.ledger import ledger_view, read_ledger

    return ledger_view(read_ledger(ledger), as_of(on))


def overrides_of(ledger: str | None, on: datetime | None) -> tuple[OverrideInForce, ...]:
    """Return the overrides of a ledger that are in force on a date; none without a ledger."""
    if ledger is None:
        if on is not None:
            raise typer.BadParameter("--on belongs to --ledger: it says which overrides are in force")
        return ()
    from safeschedule.ledger import overrides_in_force, read_ledger

    return overrides_in_force(read_ledger(ledger), as_of(on))


def as_of(on: datetime | None) -> date:
    """Return the date of the option, or today's."""
    return now().date() if on is None else on.date()
