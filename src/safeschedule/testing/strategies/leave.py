"""Leave of small weeks: an hour or a fortnight, in one piece or several."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, whole

Span = tuple[datetime, datetime]


def draw_leave(draw: Draw, scene: Scene) -> list[Entry]:
    """Return no leave most of the time, else some of this week or a long one about it."""
    if not chance(draw, 40):
        return []
    if not chance(draw, 55):
        return [_entry(draw, _short(draw, scene))]
    span = _long(draw, scene)
    return [_entry(draw, part) for part in _parts(draw, span)]


def _short(draw: Draw, scene: Scene) -> Span:
    if chance(draw, 10):
        return scene.at(0, 0), scene.at(7, 0)
    day = one_of(draw, *scene.days)
    start = one_of(draw, 0, scene.opens + 60, scene.opens + 100)
    return scene.at(day, start), scene.at(day, start + one_of(draw, 60, 120, 1440))


def _long(draw: Draw, scene: Scene) -> Span:
    """Return days on end: next week's, last week's, some of this week and of another, or all of three."""
    first = scene.days[0]
    begins, ends = one_of(
        draw, (7, 21), (first + 1, 15), (-14, 0), (-14, first + 1), (first, first + 3), (-7, 14)
    )
    begins = min(begins + whole(draw, 0, 2), ends - 1)
    return scene.at(begins, _minute(draw, scene)), scene.at(ends, _minute(draw, scene))


def _minute(draw: Draw, scene: Scene) -> int:
    """Return midnight most of the time, else a time amid the hours of work."""
    return one_of(draw, 0, 0, 0, scene.opens + 65)


def _parts(draw: Draw, span: Span) -> list[Span]:
    """Return a span in one piece, or in two or three that touch or overlap, out of order now and then."""
    start, end = span
    if not chance(draw, 40):
        return [span]
    days = (end - start).days
    cuts = sorted(start + timedelta(days=whole(draw, 1, max(1, days))) for _ in range(one_of(draw, 1, 2)))
    edges = [start, *(cut for cut in cuts if cut < end), end]
    over = timedelta(minutes=one_of(draw, 0, 0, 60))
    parts = [(a, min(b + over, end)) for a, b in pairwise(edges) if a < b]
    return parts[::-1] if chance(draw, 20) else parts


def _entry(draw: Draw, span: Span) -> Entry:
    return {"start": span[0], "end": span[1], "kind": one_of(draw, "leave", "leave", "sick", "passed")}


def is_away(scene: Scene, entry: Entry) -> bool:
    """Return whether leave takes all of a clinician's week."""
    return not any(_left(scene, entry, period) for period in entry["working"])


def _left(scene: Scene, entry: Entry, period: Entry) -> bool:
    """Return whether some of a working period is free of leave."""
    free, end = scene.when(period["day"], period["start"]), scene.when(period["day"], period["end"])
    for leave in sorted(entry["leave"], key=lambda leave: leave["start"]):
        if leave["start"] <= free:
            free = max(free, leave["end"])
    return free < end
