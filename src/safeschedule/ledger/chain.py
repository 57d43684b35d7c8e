"""The chain: each entry holds the hash of the one before, so that nothing can be changed unseen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.ledger.entry import NOTHING, LedgerEntry, Statement, canonical, plain, sha256
from safeschedule.problem.reading.plain_data import entity_from_dict
from safeschedule.problem.showing import show
from safeschedule.returned import Returned

_HEAD = re.compile(r"([1-9][0-9]{0,9}):([0-9a-f]{64})")


@dataclass(frozen=True)
class Link:
    """An entry as it is stored.

    Parameters
    ----------
    number, before, hash, kind
        As in the entry, beside its text so that databases can look for them.
    body
        The entry without its own hash, as canonical JSON: what the hash is of.
    """

    number: int
    before: str
    hash: str
    kind: str
    body: str


@dataclass(frozen=True)
class LedgerHead(Returned):
    """The last entry of a chain. Printed and signed, it proves later that nothing was cut off or replaced.

    Parameters
    ----------
    number, hash
        Of the entry.

    Examples
    --------
    >>> from safeschedule import LedgerHead
    >>> head = LedgerHead(3, "ab" * 32)
    >>> LedgerHead.from_text(str(head)) == head
    True
    """

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def from_text(cls, text: str) -> LedgerHead:
        """Return the head of text such as ``42:9f86d0...``.

        Raises
        ------
        ArgumentError
            It is no head.
        """
        match = _HEAD.fullmatch(str(text).strip())
        if match is None:
            expected = "a head as `ledger verify` prints it: a number, a colon and 64 hexadecimal digits"
            raise ArgumentError("head", [Fault("bad_value", "head", show(text), expected)])
        return cls(int(match[1]), match[2])


@dataclass(frozen=True)
class ChainAccount(Returned):
    """What walking the chain has found.

    Parameters
    ----------
    entries
        How many entries fit, from the first on.
    head
        The last of them.
    misfit
        The number of the first entry that does not fit, counted from the first; ``None``: all fit.
    reason
        Why it does not, in one sentence.
    held_against
        The head that the chain was to hold.
    """

    _derived: ClassVar[tuple[str, ...]] = ("sound",)

    entries: int
    head: LedgerHead | None
    misfit: int | None = None
    reason: str = ""
    held_against: LedgerHead | None = None

    @property
    def sound(self) -> bool:
        """Whether every entry fits."""
        return self.misfit is None

    def __str__(self) -> str:
        if not self.sound:
            return f"not sound: entry {self.misfit} does not fit. {self.reason}"
        lines = [f"sound: {self.entries} entries", f"head {self.head or 'none'}"]
        if self.held_against is None:
            lines.append("Whether entries are missing at the end, only a head that was kept can tell.")
        else:
            lines.append(f"It holds the head of entry {self.held_against.number}.")
        return "\n".join(lines)


def chained(statement: Statement, before: Link | None) -> Link:
    """Return a statement as the next link of a chain."""
    number, hash_before = (1, NOTHING) if before is None else (before.number + 1, before.hash)
    body = canonical({**plain(statement), "number": number, "before": hash_before})
    return Link(number, hash_before, sha256(body), statement.content.kind, body)


def continued(entries: Iterable[LedgerEntry], statements: Iterable[Statement]) -> tuple[LedgerEntry, ...]:
    """Return entries with statements behind them, chained as a ledger chains them; nothing is written by it.

    Whether a ledger would take the statements is not asked.

    Parameters
    ----------
    entries
        Of a ledger, from the first on.
    statements
        What comes after them.
    """
    there = tuple(entries)
    last = _link_of(there[-1]) if there else None
    found = list(there)
    for statement in statements:
        last = chained(statement, last)
        found.append(entry_of(last))
    return tuple(found)


def _link_of(entry: LedgerEntry) -> Link:
    body = canonical({name: value for name, value in plain(entry).items() if name != "hash"})
    return Link(entry.number, entry.before, entry.hash, entry.content.kind, body)


def entry_of(link: Link) -> LedgerEntry:
    """Return the entry of a link.

    Raises
    ------
    InputError
        It is none.
    """
    return entity_from_dict(LedgerEntry, {**_object(link.body), "hash": link.hash})


def walk(links: Iterable[Link], held_against: LedgerHead | None = None) -> ChainAccount:
    """Walk a chain from its first link and say which is the first that does not fit.

    Parameters
    ----------
    links
        In the order of their numbers.
    held_against
        A head that was kept: the chain has to hold it.
    """
    last: Link | None = None
    for place, link in enumerate(links, start=1):
        reason = _misfit(place, link, last)
        if not reason and held_against is not None and link.number == held_against.number:
            reason = (
                "" if link.hash == held_against.hash else "Its hash is not that of the head that was kept."
            )
        if reason:
            return ChainAccount(place - 1, _head(last), place, reason, held_against)
        last = link
    count = 0 if last is None else last.number
    if held_against is not None and count < held_against.number:
        reason = f"The chain ends here, and the head that was kept is entry {held_against.number}."
        return ChainAccount(count, _head(last), count + 1, reason, held_against)
    return ChainAccount(count, _head(last), held_against=held_against)


def _head(last: Link | None) -> LedgerHead | None:
    return None if last is None else LedgerHead(last.number, last.hash)


def _misfit(place: int, link: Link, last: Link | None) -> str:
    """Return why a link does not fit behind another; nothing when it does."""
    if link.number != place:
        return f"Its number is {link.number}: an entry is missing, was moved or put in."
    if link.before != (NOTHING if last is None else last.hash):
        return "It does not hold the hash of the entry before: one of the two was changed, moved or put in."
    if sha256(link.body) != link.hash:
        return "Its hash is not that of its text: it was changed."
    try:
        entry, data = entry_of(link), _object(link.body)
    except InputError as error:
        return f"It is no entry: {error.faults[0]}."
    if canonical(data) != link.body:
        return "Its text is not canonical JSON."
    if (entry.number, entry.before, entry.content.kind) != (link.number, link.before, link.kind):
        return "What stands beside its text contradicts it: that was changed."
    return ""


def _object(body: str) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise InputError("entry", [Fault("not_json", "body", show(body), "a JSON object")])
    return data
