"""The legend of a drawn week: only what occurs in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docs.drawing.fitting import width
from docs.drawing.rows import Row
from docs.drawing.wrong import Wrong
from safeschedule.reports.kinds import LOOKS

_FLAGS = {"incident": "Critical incident", "pin": "Pinned to this time", "standing": "Standing time"}
_STRIPS = {"available": "When the client can come", "preferred": "Preferred time"}
_SWATCH = 34.0
_GAP = 20.0
LINE = 24.0
"""How high a line of the legend is."""


@dataclass(frozen=True)
class Entry:
    """A swatch and its words, at a place within the legend."""

    look: str
    short: str
    words: str
    x: float = 0
    y: float = 0


def legend(drawn: Sequence[Row], places: Wrong, first: int, last: int, room: float) -> list[Entry]:
    """Return the entries, in lines of at most so many pixels."""
    found: list[Entry] = []
    x = y = 0.0
    for entry in _entries(drawn, places, first, last):
        wide = _SWATCH + 6 + width(entry.words, "small")
        if x and x + wide > room:
            x, y = 0.0, y + LINE
        found.append(Entry(entry.look, entry.short, entry.words, round(x, 1), y))
        x += wide + _GAP
    return found


def _entries(drawn: Sequence[Row], places: Wrong, first: int, last: int) -> Iterator[Entry]:
    looks = {item.look.removesuffix(" short").removesuffix(" tiny") for row in drawn for item in row.items}
    labels = {item.label for row in drawn for item in row.items if item.look.startswith("block")}
    if "session" in looks:
        yield Entry("session", "K1", "Session: client and type")
    if "session high" in looks:
        yield Entry("high", "▲", "High-intensity session")
    for look in LOOKS.values():
        if look.label in labels:
            yield Entry(look.pattern, look.short, look.label)
    if "meeting" in looks:
        yield Entry("meeting", "", "Meeting")
    if "past" in looks:
        yield Entry("past", "K1", "Held before this week")
    if any(row.leave for row in drawn):
        yield Entry("leave", "", "Leave")
    if any(row.work for row in drawn):
        yield Entry("work", "", "Working hours")
    if any(row.work != ((first, last),) for row in drawn if not row.past):
        yield Entry("off", "", "Outside working hours")
    for kind, words in _FLAGS.items():
        if any(flag.kind == kind for row in drawn for flag in row.flags):
            yield Entry(kind, "", words)
    for kind, words in _STRIPS.items():
        if any(strip.kind == kind for row in drawn for strip in row.strips):
            yield Entry(kind, "", words)
    if places.items or places.minutes or places.rows or places.elsewhere:
        yield Entry("wrong", "1", "What the verifier finds wrong, by number")
