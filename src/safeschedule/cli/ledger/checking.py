"""``safeschedule ledger verify`` and ``export``: whether the chain holds, and a copy of it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from safeschedule.cli.console import complain, console, emit
from safeschedule.cli.inputs import STANDARD
from safeschedule.cli.ledger.options import Json, Where
from safeschedule.cli.outputs import OutputFile, Overwrite, check_apart, check_file, write_text

Head = Annotated[
    str | None,
    typer.Option("--head", metavar="NUMBER:HASH", help="A head that was kept: the chain has to hold it."),
]


def verify(where: Where, head: Head = None, as_json: Json = False) -> None:
    """Walk the chain from the first entry, and name the first that does not fit.

    Print and sign the head that it tells. With --head it proves later that nothing
    was cut off at the end, and nothing made anew.
    """
    from safeschedule.ledger import LedgerHead
    from safeschedule.ledger.chain import walk
    from safeschedule.ledger.reading import links_of

    account = walk(links_of(where), None if head is None else LedgerHead.from_text(head))
    if as_json:
        emit(json.dumps(account.to_dict(), ensure_ascii=False))
    elif account.sound:
        console().print(str(account), soft_wrap=True)
    else:
        complain(str(account))
    if not account.sound:
        raise typer.Exit(1)


def export(where: Where, output: OutputFile, overwrite: Overwrite = False) -> None:
    """Write all entries into a file: lines of JSON, or a table where its name ends with .csv.

    The lines are a ledger that every command reads, and that any program can verify.
    """
    from safeschedule.ledger import read_ledger
    from safeschedule.ledger.reading import as_lines

    check_apart([output], [] if "://" in where else [where])
    check_file(output)
    entries = read_ledger(where)
    if output.casefold().endswith(".csv"):
        from safeschedule.exchange.ledger_table import as_table

        text = as_table(entries)
    else:
        text = as_lines(entries)
    write_text(output, text, overwrite=overwrite)
    if output != STANDARD:
        console().print(f"{len(entries)} entries. Written: {output}", soft_wrap=True)
