"""``safeschedule ledger``: what was decided, by whom, when and why."""

from __future__ import annotations

import typer

from safeschedule.cli.ledger import adding, checking, listing

app = typer.Typer(no_args_is_help=True)
app.command("add", short_help="Write something down.")(adding.add)
app.command("kinds", short_help="List the kinds of entries, and what each asks for.")(listing.kinds)
app.command("list", short_help="List entries, overrides in force, and what is open.")(listing.list_entries)
app.command("show", short_help="Show one entry whole.")(listing.show)
app.command("verify", short_help="Walk the chain and name what does not fit.")(checking.verify)
app.command("export", short_help="Write all entries into a file.")(checking.export)


@app.callback()
def _group() -> None:
    """Keep the record of what was decided: append-only, each entry chained to the one before."""
