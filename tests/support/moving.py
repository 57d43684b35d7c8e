"""A week moved on the clock, and a week under other names: as files, so that nothing of it is passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HALF = 12 * 60
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


def half_a_day_later(given: Any) -> Any:
    """Return the content of a file with all clock times and moments twelve hours later; dates stay."""
    if isinstance(given, list):
        return [half_a_day_later(each) for each in given]
    if isinstance(given, str) and _MOMENT.fullmatch(given):
        return (datetime.fromisoformat(given) + timedelta(minutes=HALF)).isoformat()
    if not isinstance(given, dict):
        return given
    if "day" in given and "start" in given:
        return _window(given)
    return {key: half_a_day_later(value) for key, value in given.items()}


def _window(given: dict[str, Any]) -> dict[str, Any]:
    """Return a window of a weekday, or a slot of one, half a day later, over midnight or a day on."""
    start = _minutes(given["start"]) + HALF
    later, start = divmod(start, 2 * HALF)
    moved = {**given, "day": DAYS[(DAYS.index(given["day"]) + later) % 7], "start": _clock(start)}
    if "end" in given:
        end = _minutes(given["end"]) + HALF - later * 2 * HALF
        moved["end"] = _clock(end if end <= 2 * HALF else end - 2 * HALF)
    return moved


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def renamed(given: Any, names: Mapping[str, str]) -> Any:
    """Return the content of a file in which each text and each key that is a name is another."""
    if isinstance(given, list):
        return [renamed(each, names) for each in given]
    if isinstance(given, dict):
        return {names.get(key, key): renamed(value, names) for key, value in given.items()}
    return names.get(given, given) if isinstance(given, str) else given
