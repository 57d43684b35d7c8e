"""Dates, times and lists in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from safeschedule.problem import Window, WorkingPeriod
from safeschedule.problem.clock import format_clock
from safeschedule.verifier.wording import weekday_name


def at(moment: datetime) -> str:
    """Return a moment of the week, such as "Monday 09:00"."""
    return f"{weekday_name(moment.weekday())} {moment:%H:%M}"


def between(start: datetime, end: datetime) -> str:
    """Return a span, such as "Monday 09:00-10:00", "Monday 09:00 to Wednesday 24:00", or "all Monday"."""
    last = end - timedelta(minutes=1)
    if start.time() == end.time() == datetime.min.time():
        names = weekday_name(start.weekday()), weekday_name(last.weekday())
        return f"all {names[0]}" if start.date() == last.date() else f"{names[0]} to {names[1]}"
    until = "24:00" if end.date() != last.date() else f"{end:%H:%M}"
    if start.date() == last.date():
        return f"{at(start)}-{until}"
    return f"{at(start)} to {weekday_name(last.weekday())} {until}"


def windows(spans: Iterable[Window | WorkingPeriod]) -> str:
    """Return times by weekday, such as "Monday and Tuesday 09:00-12:00, Friday 13:00-17:00"."""
    days: dict[tuple[tuple[int, int], ...], list[int]] = {}
    by_day: dict[int, list[tuple[int, int]]] = {}
    for span in spans:
        by_day.setdefault(span.day.number, []).append((span.start, span.end))
    for day in sorted(by_day):
        days.setdefault(tuple(sorted(by_day[day])), []).append(day)
    parts = [f"{weekdays(own)} {_clocks(times)}" for times, own in days.items()]
    return ", ".join(parts) or "never"


def weekdays(numbers: Sequence[int]) -> str:
    """Return weekdays, such as "Monday to Friday", or "Monday and Thursday"."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and list(numbers) == list(range(first, last + 1)):
        return f"{weekday_name(first)} to {weekday_name(last)}"
    return listing([weekday_name(number) for number in numbers])


def _clocks(times: Sequence[tuple[int, int]]) -> str:
    return " and ".join(f"{format_clock(start)}-{format_clock(end)}" for start, end in times)


def listing(names: Sequence[str], word: str = "and") -> str:
    """Return "A", "A and B", or "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"


def duration(minutes: int) -> str:
    """Return "45 minutes" or "2 h 15"."""
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} h" + (f" {minutes % 60:02d}" if minutes % 60 else "")
