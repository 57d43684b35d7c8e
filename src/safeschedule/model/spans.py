"""Spans of minutes, half-open: what is left of them, and which of the wall clock's are not real."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from safeschedule.problem.clock import DAY

Spans = list[tuple[int, int]]

DAYS = 7
HALVES = 2 * DAYS


def cut(spans: Spans, holes: Spans) -> Spans:
    """Return the spans less the holes; all half-open."""
    for low, high in holes:
        pieces = [piece for a, b in spans for piece in ((a, min(b, low)), (max(a, high), b))]
        spans = sorted({(a, b) for a, b in pieces if a < b})
    return spans


def with_nights(spans: Spans) -> Spans:
    """Return the spans, those that meet at midnight also as one."""
    spans, reach = list(spans), dict[int, int]()
    for start, end in sorted(spans):
        start = reach.get(start, start)
        spans.append((start, end))
        if end % DAY == 0:
            # Of several that end at one midnight, the one that begins first says all.
            reach[end] = min(start, reach.get(end, start))
    return list(dict.fromkeys(spans))


def unreal(week_start: date, zone: ZoneInfo) -> Spans:
    """Return the spans of wall-clock minutes of a week that a clock change skips or repeats."""
    origin = datetime.combine(week_start, datetime.min.time())
    midnights = [(origin + timedelta(days=day)).replace(tzinfo=zone).utcoffset() for day in range(DAYS + 1)]
    changes = [day for day in range(DAYS) if midnights[day] != midnights[day + 1]]
    odd = [m for day in changes for m in range(day * DAY, (day + 1) * DAY) if _is_unreal(origin, m, zone)]
    edges = [m for m in odd if m - 1 not in odd], [m + 1 for m in odd if m + 1 not in odd]
    return list(zip(*edges, strict=True))


def _is_unreal(origin: datetime, minute: int, zone: ZoneInfo) -> bool:
    """Return whether the offset depends on which of two readings of the wall clock is meant."""
    local = (origin + timedelta(minutes=minute)).replace(tzinfo=zone)
    return local.utcoffset() != local.replace(fold=1).utcoffset()
