"""Write docs/reference/ledger.md from the models of the ledger: what is read is what they say."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from safeschedule.ledger import KINDS, Basis, LedgerEntry, Signatory, Statement

PAGE = Path(__file__).parent / "reference" / "ledger.md"

_START = """# The ledger's format

An entry is a statement with its place in the chain. `safeschedule schema statement` and `safeschedule
schema ledger` print the schemas; what to do with it: [the ledger](../howto/the-ledger.md). Text is up to
10,000 characters without control characters; codes are as in [problem files](files.md). This page is made
by `make docs-rules`.

## A statement
"""
_HASHED = """The text that is hashed is the entry without `hash` and without what is empty, as canonical JSON
(RFC 8785) in UTF-8. Times are in UTC to the second (`2026-10-05T09:00:00Z`), caps are text
(`"56.5"`): nothing in it can be written in two ways.

## Kinds of content

`kind` says which. On the command line a field is `FIELD=VALUE`, a list `CODE,CODE`, somebody `ROLE:CODE`.
"""
_END = """## What is refused

Beside what has the wrong shape:

* an override of a rule of the tier physical; of a rule of the tier safety without a second key, with the
  decider's own code as the second key, or with a key in the hand of the clinician whom the rule protects;
* an override that ends before it begins, or lasts longer than the policy in force allows;
* a transfer that one person confirms alone;
* an entry that speaks of another one that is not there, or is of the wrong kind.

## The database

One table, `ledger_entry`: `number` (primary key), `before` and `hash` (both unique, so that the chain
cannot fork), `kind`, and `body`, the text that is hashed. Triggers refuse UPDATE and DELETE. SQLite files
are in WAL mode and are written with `synchronous=FULL`."""


def page() -> str:
    """Return the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _START
    yield from _table(Statement)
    yield from ("`by` and every `confirmed_by`:", "")
    yield from _table(Signatory)
    yield from ("`basis`, of which each field may be left out:", "")
    yield from _table(Basis)
    yield from ("## What an entry has besides", "")
    yield from _table(LedgerEntry)
    yield _HASHED
    for kind, model in KINDS.items():
        yield from (f"### {kind}", "", _said(model)[0], "")
        yield from _table(model)
    yield _END


def _table(model: type[BaseModel]) -> Iterator[str]:
    """Yield the table of a model's fields, from the section Parameters of its docstring."""
    yield from ("| field | means |", "|---|---|")
    entries = re.findall(r"^(\S.*)\n((?:    .*\n?)+)", _said(model)[1], re.MULTILINE)
    for names, text in entries:
        fields = ", ".join(f"`{name}`" for name in names.split(", "))
        yield f"| {fields} | {' '.join(text.split())} |"
    yield ""


def _said(model: type[BaseModel]) -> tuple[str, str]:
    """Return the first part of a docstring, and what it says of the fields."""
    said = (inspect.getdoc(model) or "").replace("``", "`")
    first, _, rest = said.partition("\n\nParameters\n----------\n")
    return " ".join(first.split()), rest.partition("\n\nExamples\n")[0]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
