"""Printing what is measured: a JSON object a line, or a sentence each and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import typer

from benchmarks import records
from benchmarks.records import Record


def show(
    lines: Iterable[Record],
    table: Callable[[list[Record]], str],
    sentence: Callable[[Record], str] | None = None,
    *,
    as_json: bool,
) -> list[Record]:
    """Print lines as they come, and return them.

    Parameters
    ----------
    table
        Of all lines; printed at the end unless it is JSON.
    sentence
        Of one line, to be printed before that as soon as it is there; ``None``: nothing is.
    """
    found = []
    for entry in lines:
        found.append(entry)
        if as_json:
            typer.echo(records.line(entry))
        elif sentence is not None:
            typer.echo(sentence(entry))
    if not as_json:
        typer.echo(table(found) if sentence is None else "\n" + table(found))
    return found


def require_all(lines: Sequence[Record], what: str) -> None:
    """End with 1 unless `what` (such as ``verified``) is true of every line."""
    if not all(entry[what] for entry in lines):
        raise typer.Exit(1)
