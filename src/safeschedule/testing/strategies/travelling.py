"""Travel in a nearly good schedule: room for it, and the blocks themselves."""

from __future__ import annotations

from itertools import pairwise

from safeschedule.problem import BlockKind
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies.choosing import block_minutes
from safeschedule.testing.strategies.drawing import chance, one_of
from safeschedule.testing.strategies.week import DrawnWeek


def way(week: DrawnWeek, origin: str, destination: str) -> int:
    """Return the minutes from one site to another, on the grid; 0 where none are stated."""
    there = {(entry.origin, entry.destination): entry.minutes for entry in reversed(week.problem.travel)}
    back = {(entry.destination, entry.origin): entry.minutes for entry in reversed(week.problem.travel)}
    return week.up((back | there).get((origin, destination), 0))


def travel(week: DrawnWeek) -> None:
    """Place travel between sessions at different sites, most of the time, and some that nobody needs."""
    if BlockKind.TRAVEL not in week.lengths:
        return
    for code in week.codes:
        stays = sorted(week.places[code])
        for (_, end, origin), (start, _, destination) in pairwise(stays):
            due = way(week, origin, destination)
            if origin != destination and due and end // DAY == start // DAY and not chance(week.draw, 12):
                _go(week, code, (end, start), due, destination)
        if stays and chance(week.draw, 10):
            start, _, site = one_of(week.draw, *stays)
            minutes = block_minutes(week, BlockKind.TRAVEL)
            _place(week, code, start - minutes, minutes, site)


def _go(week: DrawnWeek, code: str, gap: tuple[int, int], due: int, site: str) -> None:
    """Place one journey in a gap, as long as it takes or sometimes shorter or longer."""
    minutes = one_of(week.draw, *[due] * 7, *week.lengths[BlockKind.TRAVEL][:3])
    starts = range(gap[0], gap[1] - minutes + 1, week.grid)
    free = [start for start in starts if week.free(code, start, minutes)]
    if free:
        _place(week, code, one_of(week.draw, *free), minutes, site)
    elif gap[1] - gap[0] >= week.grid:
        _place(week, code, gap[0], gap[1] - gap[0], site)


def _place(week: DrawnWeek, code: str, start: int, minutes: int, site: str) -> None:
    """Place travel, rarely to another site or to none that is stated."""
    to = one_of(week.draw, *week.sites, None) if chance(week.draw, 8) else site
    inside = week.within_date(start, minutes) == start
    if inside and (week.free(code, start, minutes) or chance(week.draw, 20)):
        week.add_block(BlockKind.TRAVEL, [code], start, minutes, site=to)
