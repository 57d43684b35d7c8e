"""Half-open intervals of whole minutes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Interval = tuple[int, int]
"""First minute and the minute after the last."""


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the same minutes as sorted intervals that neither overlap nor touch; empty ones fall away."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def without(start: int, end: int, holes: Sequence[Interval]) -> Iterator[Interval]:
    """Yield the pieces of the interval from `start` to `end` that lie outside the merged `holes`."""
    for hole_start, hole_end in holes:
        if hole_end <= start:
            continue
        if hole_start >= end:
            break
        if hole_start > start:
            yield start, hole_start
        start = hole_end
    if start < end:
        yield start, end


def shared(start: int, end: int, intervals: Sequence[Interval]) -> int:
    """Return how many minutes from `start` to `end` lie in the merged `intervals`."""
    return sum(max(0, min(end, other_end) - max(start, other)) for other, other_end in intervals)
