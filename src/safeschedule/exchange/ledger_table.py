"""The entries of a ledger as a table for a spreadsheet; to be read, not to be read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from safeschedule.exchange.csv_rota.cells import guard
from safeschedule.ledger import LedgerEntry
from safeschedule.ledger.entry import canonical

COLUMNS = ("number", "at", "kind", "role", "by", "why", "content", "rulebook", "schedule_hash", "hash")


def as_table(entries: Iterable[LedgerEntry]) -> str:
    """Return entries as CSV, with cells that no spreadsheet runs or alters."""
    stream = io.StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for entry in entries:
        content = entry.content.model_dump(mode="json", exclude_none=True, exclude={"kind"})
        cells = (
            *(str(entry.number), f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.content.kind),
            *(entry.by.role, entry.by.code, entry.why, canonical(content)),
            *(entry.basis.rulebook, entry.basis.schedule_hash, entry.hash),
        )
        rows.writerow([cells[0], *map(guard, cells[1:])])
    return stream.getvalue()
