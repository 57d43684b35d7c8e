"""Ledgers as they are read: a database, or the lines of an export, each with its chain verified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from safeschedule.errors import Fault, InputError
from safeschedule.ledger.book import Ledger
from safeschedule.ledger.chain import Link, entry_of, walk
from safeschedule.ledger.entry import LedgerEntry, canonical, plain
from safeschedule.problem.kinds import require_path
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import name_of, read_text

LINES = ".jsonl"
"""The ending of an export that can be read again, without any database."""


def read_ledger(where: str | Path) -> tuple[LedgerEntry, ...]:
    """Return the entries of a ledger whose chain is sound.

    Parameters
    ----------
    where
        A file or URL, as for `Ledger`, or an export in lines (``.jsonl``).

    Raises
    ------
    InputError
        It cannot be read, or the chain is not sound.

    Examples
    --------
    >>> from safeschedule import Ledger, read_ledger
    >>> empty = Ledger(folder / "ledger.db", create=True)
    >>> read_ledger(folder / "ledger.db")
    ()
    """
    links = tuple(links_of(where))
    account = walk(links)
    if not account.sound:
        fault = Fault("broken_chain", f"entry {account.misfit}", "", f"that it fits: {account.reason}")
        raise InputError("ledger", [fault])
    return tuple(map(entry_of, links))


def links_of(where: str | Path) -> Iterator[Link]:
    """Yield what is stored in a ledger, or stands in an export, whatever it is worth."""
    require_path("reading", "ledger", where)
    if Path(where).suffix != LINES:
        return Ledger(where).links()
    return _links_of_lines(read_text(where, "ledger"), name_of(where, "ledger"))


def as_lines(entries: Iterable[LedgerEntry]) -> str:
    """Return entries as lines of canonical JSON: without its `hash`, each is the text of which that is."""
    return "".join(f"{canonical(plain(entry))}\n" for entry in entries)


def _links_of_lines(text: str, what: str) -> Iterator[Link]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        data = parse_json(line, f"{what}, line {number}")
        content = data.get("content") if isinstance(data, dict) else None
        if not isinstance(content, dict) or not isinstance(data.get("number"), int):
            fault = Fault(
                "wrong_type", f"line {number}", "", "an entry of a ledger, as `ledger export` writes it"
            )
            raise InputError(what, [fault])
        kept = {name: value for name, value in data.items() if name != "hash"}
        told = (str(data.get("before")), str(data.get("hash")), str(content.get("kind")))
        yield Link(data["number"], *told, canonical(kept))
