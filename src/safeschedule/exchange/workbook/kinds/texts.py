"""Codes, names and lists of codes: 0042 and 3E5 stay what they are, or are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from safeschedule.exchange.workbook.kinds.kind import Around, Cell, Out
from safeschedule.exchange.workbook.meaning import UnreadError
from safeschedule.exchange.workbook.meaning.places import read_places

_ZEROS = re.compile(r"0{2,}")
_AS_TEXT = "text; format the cell as text and type the code again"
_ITEM = re.compile(r"(?:\\.|\\$|[^\\;,\n])+", re.DOTALL)
_LOOSE = re.compile(r"\s+and\s+|\s*[+&/]\s*|\s+")


def code_of(cell: Cell, around: Around, part: int = 0) -> str:
    """Return the text of a cell; what a spreadsheet has made another thing of is refused or told."""
    value = cell.value
    if isinstance(value, str):
        text = value.strip()
        if text != value:
            around.told.append((part, f"{text}, without the spaces around it"))
        return text
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnreadError(f"{_AS_TEXT}: it has become a date, a time or a truth value", "wrong_type", part)
    if value != int(value) or "E" in cell.style.upper().replace("GENERAL", "") or abs(value) >= 1e11:
        raise UnreadError(f"{_AS_TEXT}: it has become a number", "wrong_type", part)
    text = str(int(value))
    if _ZEROS.fullmatch(cell.style):
        shown = text.zfill(len(cell.style))
        if shown != text:
            around.told.append((part, f"{shown}, as it is shown"))
        return shown
    return text


class Single:
    """What has one column."""

    headings: tuple[str, ...] = ("",)
    styles: tuple[str, ...] = ("text",)
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeKind(Single):
    """A code."""

    expected: str = "a code, not a name"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the code as text."""
        return (str(value),)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the code."""
        return code_of(cells[0], around)


@dataclass(frozen=True)
class TextKind(Single):
    """Text for people, exactly as it is."""

    expected: str = "text"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the text."""
        return (str(value),)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the text."""
        value = cells[0].value
        return value if isinstance(value, str) else code_of(cells[0], around)


@dataclass(frozen=True)
class ListKind(Single):
    """Several codes or words in one cell.

    Parameters
    ----------
    each
        The words that there are; empty for codes.
    """

    each: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        """What goes in."""
        if self.each:
            return f"any of {', '.join(self.each)}, with commas between"
        return "codes, with commas between (a comma inside of a code: \\,)"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the codes with commas between."""
        if not value:
            return (None,)
        return (", ".join(re.sub(r"([\\,;])", r"\\\1", str(code)) for code in value),)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the codes."""
        text = code_of(cells[0], around)
        items = [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL).strip() for item in _ITEM.findall(text)]
        items = [item for item in items if item]
        if self.each:
            return [_word(item, self.each, around) for item in items]
        return [code for item in items for code in _apart(item, around)]


@dataclass(frozen=True)
class SitesKind(ListKind):
    """The sites of somebody, maybe with their days: "Riverside mon/tue, Hilltop wed"."""

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the codes; where days are said, a mapping of ``sites`` and what is ``on`` which day."""
        places = read_places(code_of(cells[0], around), around.codes())
        if places is None:
            return super().read(cells, around)
        around.told.append((0, f"{', '.join(places.sites)}, by day: {places.text()}"))
        return {"sites": list(places.sites), "on": places.on}


def _apart(item: str, around: Around) -> list[str]:
    """Return the codes of "R1 R2 + R3", if most of these are known and the whole is not."""
    pieces = [piece for piece in _LOOSE.split(item) if piece]
    if len(pieces) < 2:
        return [item]
    known = around.codes()
    if item in known or 2 * len(known.intersection(pieces)) <= len(pieces):
        return [item]
    around.told.append((0, ", ".join(pieces)))
    return pieces


def _word(item: str, words: Sequence[str], around: Around) -> str:
    found = match_word(item, words)
    if found is None:
        raise UnreadError(f"any of {', '.join(words)}, with commas between", "unknown_value")
    if found.casefold() != item.casefold():
        around.told.append((0, found))
    return found


def match_word(text: str, words: Sequence[str]) -> str | None:
    """Return the word that a text is, whatever its case and the signs between its parts."""
    plain = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    return next((word for word in words if word.casefold() == plain), None)
