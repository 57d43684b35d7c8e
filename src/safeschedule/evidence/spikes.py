"""What happened when risk rose: real traces through the ledger, from the first sign to the end (IG)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from safeschedule.evidence.oversight import of_period
from safeschedule.evidence.section import EvidenceSection, section
from safeschedule.ledger import ExceptionOpened, HuddleHeld, LedgerEntry, PlanAccepted

MOST = 3
"""Traces that are told: IG asks for real examples, not for all."""


def spikes(written: Sequence[LedgerEntry], since: date) -> EvidenceSection:
    """Return the traces with the most steps, the earliest first among equals.

    A trace begins where a huddle flags a client or a capacity exception is opened. To it belong the later
    entries that name this client, and those that speak of an entry of the trace.
    """
    found = list(_traces(list(of_period(written, since))))
    chosen = sorted(found, key=lambda trace: (-len(trace), trace[0].number))[:MOST]
    rows = [
        (number, entry.number, f"{entry.at:%Y-%m-%d %H:%M}", entry.content.kind, entry.by.role, _what(entry))
        for number, trace in enumerate(chosen, start=1)
        for entry in trace
    ]
    answer = (
        f"{len(found)} times a huddle flagged a client or a capacity exception was opened. "
        f"Told in full: the {len(chosen)} with the most steps."
    )
    columns = ("trace", "entry", "when (UTC)", "step", "by", "what")
    return section("risk", "What happened when risk rose?", answer, columns, rows)


def _traces(entries: Sequence[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    for place, entry in enumerate(entries):
        if isinstance(entry.content, ExceptionOpened):
            yield _trace(entries[place:], None)
        elif isinstance(entry.content, HuddleHeld):
            for client in entry.content.flagged:
                yield _trace(entries[place:], client)


def _trace(entries: Sequence[LedgerEntry], client: str | None) -> list[LedgerEntry]:
    """Return the steps of a trace that begins with the first of some entries."""
    first, *later = entries
    steps, numbers = [first], {first.number}
    for entry in later:
        content = entry.content
        named = {getattr(content, name, None) for name in ("client", "subject")}
        named |= set(getattr(content, "flagged", ()))
        # What follows a huddle is about one of several clients: only what names the client belongs to it.
        # A week that was planned again because of it is of all of them.
        whole = client is None or isinstance(content, PlanAccepted)
        spoken_of = {getattr(content, "entry", None), getattr(content, "huddle", None) if whole else None}
        if (client is not None and client in named) or spoken_of & numbers - {None}:
            steps.append(entry)
            numbers.add(entry.number)
    return steps


def _what(entry: LedgerEntry) -> str:
    told = entry.content.model_dump(mode="json", exclude_none=True, exclude={"kind", "confirmed_by"})
    parts = [
        f"{name} {', '.join(value) if isinstance(value, list) else value}"
        for name, value in told.items()
        if value
    ]
    return "; ".join([*parts, entry.why])
