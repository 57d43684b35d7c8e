"""Which words fit into an item; widths are those of Arial and the fonts cut to it, and a little more."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.reports.grid import Entry

Span = tuple[str, str]
"""A text and its class."""

Line = tuple[Span, ...]

_SIZES = {"bold": 12.0, "plain": 12.0, "small": 10.5, "tag": 10.5}
_EMS = {
    0.23: "ijl'|",
    0.28: " ft.,:;!I/\\",
    0.34: "r-()[]",
    0.5: "ckszvxyJ",
    0.73: "CDHNRUw",
    0.85: "GOQmM",
    1: "W@%▲…",
}
_WIDTHS = {letter: ems for ems, letters in _EMS.items() for letter in letters}
_LEAST = 9
"""Narrower items stay without a word."""


def width(text: str, look: str) -> float:
    """Return about how wide a text is."""
    ems = sum(_WIDTHS.get(letter, 0.67 if letter.isupper() else 0.56) for letter in text)
    return ems * _SIZES[look] * (1.1 if look in ("bold", "tag") else 1.03)


def fits(line: Line, room: float) -> bool:
    """Return whether a line fits into so many pixels."""
    return sum(width(text, look) for text, look in line) <= room


def cut(text: str, look: str, room: float) -> str:
    """Return the text, shortened with an ellipsis where it does not fit."""
    if width(text, look) <= room:
        return text
    while text and width(f"{text}…", look) > room:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""


def lines(item: Entry, room: float, most: int) -> list[Line]:
    """Return up to so many lines that say what an item is; the time gives way first."""
    found = [line for line in (_what(item, room)) if line]
    rest = most - len(found)
    if rest and found and (time := _first(_times(item), room)):
        found.insert(0, time)
        rest -= 1
    extra = " · ".join(text for text in (item.others, item.place) if text)
    if rest > 0 and found and extra and width(extra[:7], "small") <= room:
        found.append(((cut(extra, "small", room), "small"),))
    return found


def upright(item: Entry, wide: float, high: float) -> str:
    """Return the word that is written upwards in an item too narrow for any line."""
    words = (item.client or item.label, item.short or item.client)
    return next((word for word in words if wide >= _LEAST and width(word, "tag") <= high), "")


def _what(item: Entry, room: float) -> list[Line]:
    if not item.client:
        name = _first(iter([((item.label, "bold"),), ((item.label, "tag"),), ((item.short, "tag"),)]), room)
        return [name] if name else []
    mark = "▲ " if item.high else ""
    whole: Line = ((f"{mark}{item.client} ", "bold"), (item.label, "plain"))
    if fits(whole, room):
        return [whole]
    client = _first(_clients(item, mark), room)
    look = "plain" if width(item.label, "plain") <= room else "small"
    label = cut(item.label, look, room)
    return [client, ((label, look),) if len(label) > 3 else ()] if client else []


def _clients(item: Entry, mark: str) -> Iterator[Line]:
    number = item.client.count(", ") + 1
    yield ((f"{mark}{item.client}", "bold"),)
    if number > 1:
        yield ((f"{mark}{number} clients", "bold"),)
    yield ((f"{mark}{item.client}", "tag"),)


def _times(item: Entry) -> Iterator[Line]:
    yield ((f"{item.begins}–{item.ends}", "small"),)
    yield ((item.begins, "small"),)


def _first(choices: Iterator[Line], room: float) -> Line:
    return next((line for line in choices if line[0][0] and fits(line, room)), ())
