"""A drawn week in words: for those who do not see the drawing, and for its surroundings on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docs.drawing.rows import Row
from safeschedule.problem.clock import format_clock
from safeschedule.reports.grid import Entry
from safeschedule.reports.words import weekday

_FLAGS = {"incident": "critical incident", "pin": "pinned time", "standing": "standing time"}
STRIPS = {"available": "can come", "preferred": "prefers"}


def in_words(drawn: Sequence[Row]) -> str:
    """Return the week in words, such as ``Tuesday, C1: 10:00 to 11:00 session with K1 (emdr).``."""
    return " ".join(f"{_day(row)}, {row.clinician}: {'; '.join(_row(row))}." for row in drawn)


def _day(row: Row) -> str:
    name = weekday(row.day)
    return f"{name} before this week" if row.past else name


def _row(row: Row) -> list[str]:
    said = [(item.start, f"{item.begins} to {item.ends} {_item(item)}") for item in row.items]
    said += [
        (leave.start, f"{_span(leave.start, leave.start + leave.minutes)} {leave.label.lower()}")
        for leave in row.leave
    ]
    said += [(flag.minute, f"{format_clock(flag.minute)} {_FLAGS[flag.kind]}") for flag in row.flags]
    found = [text for _, text in sorted(said)] or ["nothing planned"]
    if row.work:
        found.append(f"working hours {' and '.join(_span(*span) for span in row.work)}")
    return found + [
        f"{strip.who} {STRIPS[strip.kind]} {_span(strip.start, strip.end)}" for strip in row.strips
    ]


def _span(start: int, end: int) -> str:
    return f"{format_clock(start)} to {format_clock(end)}"


def _item(item: Entry) -> str:
    extra = "".join(f", {text}" for text in (item.others, item.place) if text)
    if item.client:
        return f"{'high-intensity ' if item.high else ''}session with {item.client} ({item.label}){extra}"
    return f"{item.label.lower()}{extra}"


def markdown(text: str) -> str:
    """Return plain text as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>&|])", r"\\\1", " ".join(text.split()))
