"""What notebooks show of any answer: its words, its figures as a picture, its lists as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from safeschedule.caseload.panels.panel import Panel
from safeschedule.caseload.waitlist.answers import Waitlist
from safeschedule.reports.bar_picture import BarPicture, FigureBar, bar_picture
from safeschedule.reports.notebook import page, week_of
from safeschedule.reports.words import spaced
from safeschedule.returned import Returned
from safeschedule.schedule import Schedule

MOST_LINES = 30
"""Lines of text; that there are more is said."""

_MOST_COLUMNS = 9
_MOST_SIGNS = 160

Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def answer_html(answer: Returned) -> str:
    """Return what a notebook shows of an answer of any kind."""
    held = getattr(answer, "schedule", None)
    drawn = week_of(held) if isinstance(held, Schedule) else None
    text = _text(answer)
    facts = [] if text else [_name(answer), *_scalars(answer)]
    return page(facts, drawn, list(_tables(answer)), text=text, bars=_bars(answer))


def _name(answer: Returned) -> str:
    words = "".join(f" {sign.casefold()}" if sign.isupper() else sign for sign in type(answer).__name__)
    return spaced(words.strip())


def _text(answer: Returned) -> str:
    """Return the words that an answer has for people; without any, nothing."""
    if type(answer).__str__ is object.__str__:
        return ""
    lines = str(answer).splitlines()
    more = len(lines) - MOST_LINES
    return "\n".join([*lines[:MOST_LINES], *([f"... and {more} lines more"] if more > 0 else [])])


def _scalars(answer: Returned) -> Iterator[str]:
    for field in fields(answer):  # type: ignore[arg-type]
        told = _cell(getattr(answer, field.name))
        if told:
            yield f"{spaced(field.name)}: {told}"


def _bars(answer: Returned) -> BarPicture | None:
    if isinstance(answer, Panel):
        strips = [
            FigureBar(
                row.who,
                0.0,
                float(row.points),
                None if row.cap is None else float(row.cap),
                f"{_plain(row.points)} of {'no cap' if row.cap is None else _plain(row.cap)}, {row.state}",
            )
            for row in answer.clinicians
        ]
        return bar_picture(strips, "Caseload points of each clinician, and the cap", "points", "cap")
    if isinstance(answer, Waitlist):
        waits = [
            FigureBar(client.client, *_weeks(client.range.weeks), None, f"{client.range} (90 %)")
            for client in answer.clients
            if client.range is not None
        ]
        return bar_picture(waits, "Weeks until the first appointment, in 90 % of what may come", "wait", "")
    return None


def _weeks(weeks: tuple[int | None, int | None]) -> tuple[float | None, float | None]:
    first, last = weeks
    return (None if first is None else float(first)), (None if last is None else float(last))


def _tables(answer: Returned) -> Iterator[Table]:
    """Yield a table of each list of parts that an answer has."""
    for field in fields(answer):  # type: ignore[arg-type]
        parts = getattr(answer, field.name)
        if isinstance(parts, tuple) and parts and all(_has_fields(part) for part in parts):
            heads, rows = _columns(parts)
            yield spaced(field.name), heads, rows


def _has_fields(part: object) -> bool:
    return is_dataclass(part) or hasattr(type(part), "model_fields")


def _columns(parts: Sequence[Any]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns in which anything stands, at most so many."""
    names = list(dict.fromkeys(name for part in parts for name in _names(part)))
    cells = {name: [_cell(getattr(part, name, None)) for part in parts] for name in names}
    used = [name for name in names if any(cells[name])][:_MOST_COLUMNS]
    heads = tuple(name.replace("_", " ") for name in used)
    return heads, list(zip(*(cells[name] for name in used), strict=True))


def _names(part: Any) -> list[str]:
    return [field.name for field in fields(part)] if is_dataclass(part) else list(type(part).model_fields)


def _cell(value: Any) -> str:
    """Return a value in a few words; lists of parts have tables of their own, where they are shown."""
    told = _told(value)
    return told if len(told) <= _MOST_SIGNS else f"{told[: _MOST_SIGNS - 1]}…"


def _told(value: Any) -> str:
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal | float):
        return _plain(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, str | int | date | Enum):
        return str(value)
    if isinstance(value, tuple) and all(isinstance(entry, str | int) for entry in value):
        return ", ".join(map(str, value))
    return str(value) if is_dataclass(value) and type(value).__str__ is not object.__str__ else ""


def _plain(value: Decimal | float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
