"""Cells that mean several codes, or sites on some days, spelt as a workbook reads them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from safeschedule.exchange.workbook.kinds.compact import ExactKind
from safeschedule.exchange.workbook.kinds.texts import ListKind, SitesKind
from safeschedule.exchange.workbook.layout.sheets import Field
from safeschedule.exchange.workbook.meaning import UnreadError
from safeschedule.exchange.workbook.meaning.days import NAME
from safeschedule.exchange.workbook.meaning.places import read_places

_BETWEEN = re.compile(r"\s*[,;\n]\s*")
_LOOSE = re.compile(r"\s+and\s+|\s*[+&/]\s*|\s+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(NAME, re.IGNORECASE)


def apart(text: str, field: Field, others: Iterable[str]) -> str | None:
    """Return "EMDR, CBT" for "EMDR CBT" where other cells name each of these alone; else ``None``."""
    if not _is(field, ListKind):
        return None
    alone = {item.casefold(): item for other in others if other != text for item in _BETWEEN.split(other)}
    pieces = [piece for piece in _LOOSE.split(text) if piece]
    if len(pieces) < 2 or text.casefold() in alone or not all(piece.casefold() in alone for piece in pieces):
        return None
    return ", ".join(alone[piece.casefold()] for piece in pieces)


def by_day(text: str, field: Field, codes: Collection[str]) -> str | None:
    """Return "Riverside mon, Hilltop tue" for "Riv M, Hilltop T", if a field takes such; else ``None``."""
    if not _is(field, SitesKind):
        return None
    whole = _WORD.sub(lambda match: match[0] if _DAY.fullmatch(match[0]) else _begun(match[0], codes), text)
    try:
        places = read_places(whole, codes)
    except UnreadError:
        return None
    return None if places is None else places.text()


def _is(field: Field, kind: type[ListKind]) -> bool:
    return isinstance(field.kind.kind if isinstance(field.kind, ExactKind) else field.kind, kind)


def _begun(word: str, codes: Collection[str]) -> str:
    """Return the code that begins with a word; of several, the one with which all others begin."""
    found = sorted((code for code in codes if code.casefold().startswith(word.casefold())), key=len)
    return found[0] if found and all(code.startswith(found[0]) for code in found) else word
