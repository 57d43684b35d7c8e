"""``safeschedule ledger list``, ``show`` and ``kinds``: what stands in the ledger, and what can."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.ledger.options import Json, On, Where, as_of
from safeschedule.cli.summary import MOST, hanging
from safeschedule.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from safeschedule.ledger import LedgerEntry

OfKind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only entries of this kind.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="The number of the entry.")]


def list_entries(where: Where, kind: OfKind = None, on: On = None, as_json: Json = False) -> None:
    """List the entries until a date, with the overrides in force and the open matters of that date.

    The chain is verified before anything is told.
    """
    from dataclasses import replace

    from safeschedule.ledger import KINDS, ledger_view, read_ledger

    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(f"expected one of {', '.join(KINDS)}")
    view = ledger_view(read_ledger(where), as_of(on))
    chosen = tuple(entry for entry in view.entries if kind in (None, entry.content.kind))
    if as_json:
        emit(json.dumps(replace(view, entries=chosen).to_dict(), ensure_ascii=False))
        return
    to = console()
    _table(to, chosen)
    told = (
        ("Overrides in force", view.in_force),
        ("Intakes restricted", view.restricted),
        ("Open", view.open),
    )
    for title, lines in told:
        to.print(f"{title} on {view.on}: {len(lines) or 'none'}", style="bold")
        for line in lines:
            hanging(to, str(line))


def show(where: Where, number: Number, as_json: Json = False) -> None:
    """Show one entry whole, and the later ones that speak of it."""
    from safeschedule.ledger import LedgerView, read_ledger

    entries = read_ledger(where)
    if number > len(entries):
        expected = f"the number of an entry: {len(entries)} is the last"
        raise InputError("ledger", [Fault("unknown_reference", "NUMBER", str(number), expected)])
    entry = entries[number - 1]
    if as_json:
        emit(json.dumps(LedgerView((entry,)).to_dict(), ensure_ascii=False))
        return
    for line in _lines(entry):
        hanging(console(), line, indent=0)
    for later in entries[number:]:
        if number in (getattr(later.content, "entry", None), getattr(later.content, "huddle", None)):
            hanging(console(), f"Spoken of by entry {later}", indent=0)


def kinds() -> None:
    """List the kinds of entries, with what each asks for and may say."""
    from inspect import getdoc

    from safeschedule.ledger import KINDS

    to = console()
    for kind, model in KINDS.items():
        said = (getdoc(model) or "").partition("\n")[0].rstrip(".")
        to.print(plain(f"{kind}: {said}"), style="bold", soft_wrap=True)
        fields = {name: field for name, field in model.model_fields.items() if name != "kind"}
        needed = [name for name, field in fields.items() if field.is_required()]
        hanging(to, f"needs {', '.join(needed) or 'nothing'}")
        rest = [name for name in fields if name not in needed]
        if rest:
            hanging(to, f"may say {', '.join(rest)}")


def _table(to: Console, entries: Sequence[LedgerEntry]) -> None:
    if not entries:
        to.print("No entries.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "when (UTC)", "kind", "by", "why"):
        table.add_column(name, justify="left" if name else "right")
    for entry in entries[-MOST:]:
        why = entry.why if len(entry.why) <= 60 else f"{entry.why[:57]}..."
        cells = (str(entry.number), f"{entry.at:%Y-%m-%d %H:%M}", entry.content.kind, str(entry.by), why)
        table.add_row(*map(plain, cells))
    if len(entries) > MOST:
        to.print(f"The last {MOST} of {len(entries)}; --json tells all of them:")
    to.print(table)


def _lines(entry: LedgerEntry) -> list[str]:
    told = {
        "entry": entry.number,
        "when": f"{entry.at:%Y-%m-%d %H:%M:%S} UTC",
        "by": entry.by,
        "why": entry.why,
        **entry.content.model_dump(mode="json", exclude_none=True),
        **{name: value for name, value in entry.basis.to_dict().items() if value not in ("", None)},
        "before": entry.before,
        "hash": entry.hash,
    }
    return [f"{name}: {_words(value)}" for name, value in told.items()]


def _words(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
