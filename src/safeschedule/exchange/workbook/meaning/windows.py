"""Windows of the week as people write them: "mon 09:00-12:00", "Tues or Thurs am", "after 3pm", "not Fri"."""

from __future__ import annotations

import re
from typing import Any

from safeschedule.exchange.workbook.meaning.clocks import AMBIGUOUS, CLOCK, DAY, hours, of_match, shown
from safeschedule.exchange.workbook.meaning.days import DAYS, SEVERAL, read_days
from safeschedule.exchange.workbook.meaning.meant import Habits, Meant, UnreadError

EXPECTED = 'windows such as "mon 09:00-12:00, thu 14:00-17:00", or any'
SLOT_EXPECTED = 'a day and a time such as "mon 09:00"'

_EXACT = re.compile(r"(mon|tue|wed|thu|fri|sat|sun) (\d{2}:\d{2})-(\d{2}:\d{2})")
_EXACT_SLOT = re.compile(r"(mon|tue|wed|thu|fri|sat|sun) (\d{2}:\d{2})")
_ANY = {"any", "any time", "anytime", "all", "flexible", "-"}
_PARTS = {"am": (0, 12), "morning": (0, 12), "mornings": (0, 12), "pm": (12, 24), "afternoon": (12, 24),
          "afternoons": (12, 24), "evening": (17, 24), "evenings": (17, 24)}  # fmt: skip
_ONE, _TWO = (CLOCK.replace("?P<", f"?P<{name}_") for name in ("one", "two"))
_BETWEEN = re.compile(rf"(?:from |between )?{_ONE}\s*(?:-|–|to|until|and)\s*{_TWO}", re.IGNORECASE)
_OPEN = re.compile(rf"(?P<word>after|from|before|until|till|by)\s+{CLOCK}", re.IGNORECASE)
_PHRASE = re.compile(rf"(?P<days>{SEVERAL})?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_FILLING = re.compile(r"\b(lunchtimes?|lunch|only|at|in the|on)\b\s*", re.IGNORECASE)


def read_windows(text: str, habits: Habits) -> Meant:
    """Return the windows that a text means, as a list of ``day``, ``start``, ``end``.

    Raises
    ------
    UnreadError
        It means none that can be told.
    """
    items = [item.strip() for item in re.split(r"[;\n,]", text)]
    exact = [_EXACT.fullmatch(item) for item in items]
    if all(exact):
        return Meant([{"day": m[1], "start": m[2], "end": m[3]} for m in exact if m])
    if text.strip().casefold() in _ANY:
        return Meant([], literal=False)
    found: list[dict[str, str]] = []
    waiting: list[str] = []
    for item in _items(text):
        days, times = _phrase(item, habits)
        waiting += days
        if times is None:
            continue
        found += [{"day": day, "start": shown(times[0]), "end": shown(times[1])} for day in waiting or DAYS]
        waiting = []
    # Days without a time are whole days.
    found += [{"day": day, "start": "00:00", "end": "24:00"} for day in waiting]
    if not found:
        raise UnreadError(EXPECTED)
    return Meant(found, literal=False)


def _items(text: str) -> list[str]:
    parts = re.split(r"[;\n,]|\s/\s", text)
    return [part.strip() for part in parts if part.strip()]


def _phrase(item: str, habits: Habits) -> tuple[list[str], tuple[int, int] | None]:
    """Return the days of a phrase, and its times; without times it is about whole days."""
    match = _PHRASE.fullmatch(item)
    if match is None:
        raise UnreadError(EXPECTED)
    days: list[str] = read_days(match["days"]).value if match["days"] else []
    rest = _FILLING.sub("", match["rest"]).strip()
    if not rest and days:
        return days, None
    if rest.casefold() in _PARTS:
        first, last = _PARTS[rest.casefold()]
        return days, (first * 60, last * 60)
    open_end, between = _OPEN.fullmatch(rest), _BETWEEN.fullmatch(rest)
    if open_end:
        at = of_match(open_end, habits)
        return days, (at, DAY) if open_end["word"].casefold() in ("after", "from") else (0, at)
    if between:
        return days, _between(between, habits)
    raise UnreadError(EXPECTED)


def _between(match: re.Match[str], habits: Habits) -> tuple[int, int]:
    """Return a span of hours: 9-5 is of one day, because the other reading would be a night."""
    start, end = (
        (int(match[f"{name}_hour"]), int(match[f"{name}_minute"] or 0), _half(match, name))
        for name in ("one", "two")
    )
    if start[2] is None and 1 <= start[0] <= 6 and end[2] is not None and end[2][0] in "pP":
        start = (*start[:2], end[2])  # 1-3pm
    first = hours(*start, habits)
    if end[2] is None and 1 <= end[0] <= 6 and first >= 7 * 60:
        last = (end[0] + 12) * 60 + end[1]
        if last <= first:
            raise UnreadError(AMBIGUOUS, "ambiguous")
        return first, last
    return first, hours(*end, habits)


def _half(match: re.Match[str], name: str) -> str | None:
    return match[f"{name}_half"] or ("24" if match[f"{name}_hour"].startswith("0") else None)


def read_slots(text: str, habits: Habits) -> Meant:
    """Return the weekdays and times that a text means, as a list of ``day`` and ``start``.

    Raises
    ------
    UnreadError
        It means none that can be told.
    """
    items = [item.strip() for item in re.split(r"[;\n,]", text) if item.strip()]
    exact = [_EXACT_SLOT.fullmatch(item) for item in items]
    if items and all(exact):
        return Meant([{"day": m[1], "start": m[2]} for m in exact if m])
    found: list[dict[str, Any]] = []
    for item in items:
        match = re.fullmatch(rf"(?P<days>{SEVERAL})\s+(?:at\s+)?{CLOCK}", item, re.IGNORECASE)
        if match is None:
            raise UnreadError(SLOT_EXPECTED)
        start = shown(of_match(match, habits))
        found += [{"day": day, "start": start} for day in read_days(match["days"]).value]
    if not found:
        raise UnreadError(SLOT_EXPECTED)
    return Meant(found, literal=False)
