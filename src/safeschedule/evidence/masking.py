"""Codes of people do not leave the service: the pack has numbers instead, and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from safeschedule.evidence.section import EvidenceSection, Figure
from safeschedule.ledger import LedgerEntry, Signatory
from safeschedule.problem import Problem

_CLIENTS = {"client", "flagged"}
_DATE = r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
"""A date or a time: where codes are numbers, its parts are none."""

_CLINICIANS = {"clinician", "giver", "taker", "owner", "present", "over", "attended"}


class Masking:
    """Replaces codes by words such as "client 3", the same code by the same word in all of a pack.

    Parameters
    ----------
    problem, entries
        Whose codes they are: those of the problem's people, and those that entries name.
    """

    def __init__(self, problem: Problem, entries: Sequence[LedgerEntry]) -> None:
        clients = dict.fromkeys([*(c for e in entries for c in _codes(e, _CLIENTS)), *_ids(problem.clients)])
        staff = dict.fromkeys([*(c for e in entries for c in _staff(e)), *_ids(problem.clinicians)])
        # A code of both is a client's: that is the one who needs it more.
        self._words = {code: f"clinician {number}" for number, code in enumerate(staff, start=1)}
        self._words |= {code: f"client {number}" for number, code in enumerate(clients, start=1)}
        longest = sorted(self._words, key=len, reverse=True)
        self._pattern = (
            re.compile(rf"(?<!\w)(?:{_DATE}|{'|'.join(map(re.escape, longest))})(?!\w)") if longest else None
        )

    def masked(self, section: EvidenceSection) -> EvidenceSection:
        """Return a section without codes of people; where a code is a number, numbers stay what they are."""
        rows = tuple(tuple(map(self._cell, row)) for row in section.rows)
        return replace(section, rows=rows)

    def _cell(self, cell: str) -> str:
        return str.__str__(cell) if isinstance(cell, Figure) else self._text(cell)

    def _text(self, text: str) -> str:
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._words.get(match[0], match[0]), text)


def _ids(people: Sequence[object]) -> Iterator[str]:
    return (str(getattr(person, "id", "")) for person in people)


def _staff(entry: LedgerEntry) -> Iterator[str]:
    yield entry.by.code
    second = getattr(entry.content, "confirmed_by", None)
    if isinstance(second, Signatory):
        yield second.code
    yield from _codes(entry, _CLINICIANS)


def _codes(entry: LedgerEntry, fields: set[str]) -> Iterator[str]:
    for name in type(entry.content).model_fields:
        value = getattr(entry.content, name)
        if name in fields and value is not None:
            yield from (value,) if isinstance(value, str) else value
