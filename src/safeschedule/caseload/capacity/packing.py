"""How many sessions a week holds: blocks are whole, and each lies on one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

from safeschedule.caseload.capacity.demands import GRID
from safeschedule.caseload.capacity.timetable import DayContent, DayTimetable

JOINT = ("consultation", "meetings", "case_review")
"""Blocks that several hold at one time."""

PIECE = 30
"""Coordination may be parted into pieces of this length."""


@dataclass(frozen=True)
class Packed:
    """A week that holds its sessions.

    Parameters
    ----------
    sessions
        By day, most first.
    used
        Minutes by day, with everything.
    """

    sessions: tuple[int, ...]
    used: tuple[int, ...]

    @property
    def total(self) -> int:
        """Sessions of the week."""
        return sum(self.sessions)


def most_in_time(
    timetable: DayTimetable,
    days: int,
    blocks: Mapping[str, int],
    *,
    slots: int,
    intakes: int,
    most: int,
    daily: int,
) -> Packed:
    """Return a week with the most sessions that its days hold, beside all blocks and urgent slots.

    Parameters
    ----------
    timetable
        Says what a day holds.
    blocks
        Protected blocks of the week.
    slots
        Urgent slots, on different days.
    intakes
        How many of the sessions are intakes.
    most, daily
        The most sessions of the week and of a day, urgent slots not counted and counted.
    """
    for total in range(max(0, most), 0, -1):
        for counts in _spreads(total, days, daily):
            used = _fill(timetable, counts, blocks, slots, min(intakes, total), daily)
            if used is not None:
                return Packed(counts, used)
    return Packed((0,) * days, (0,) * days)


def _spreads(total: int, days: int, daily: int) -> Iterator[tuple[int, ...]]:
    """Yield numbers of sessions by day, the most even ones first."""
    if total > days * daily:
        return
    found = [c for c in combinations_with_replacement(range(daily, -1, -1), days) if sum(c) == total]
    yield from sorted(found, key=lambda counts: sum(count * count for count in counts))


def _fill(
    timetable: DayTimetable,
    counts: tuple[int, ...],
    blocks: Mapping[str, int],
    slots: int,
    intakes: int,
    daily: int,
) -> tuple[int, ...] | None:
    """Return the minutes used by day when everything has its place; ``None`` where something has none."""
    demands, days = timetable.demands, len(counts)
    recoveries = round(float(demands.given.trauma_share) * sum(counts))
    extra = [[0, 0, 0] for _ in counts]  # intakes, recoveries, slots

    def used(day: int) -> int:
        own_intakes, own_recoveries, own_slots = extra[day]
        return demands.day(counts[day], own_intakes, own_recoveries, own_slots)

    def give(what: int, number: int, most: list[int]) -> bool:
        for _ in range(number):
            able = [day for day in range(days) if extra[day][what] < most[day]]
            if not able:
                return False
            extra[min(able, key=lambda day: (extra[day][what], used(day)))][what] += 1
        return True

    if not give(2, slots, [min(1, daily - count) for count in counts]):
        return None
    if not (give(0, intakes, list(counts)) and give(1, recoveries, list(counts))):
        return None
    contents = [DayContent(count, own[0], own[1], own[2]) for count, own in zip(counts, extra, strict=True)]
    joint = [-minutes for name, minutes in blocks.items() if name in JOINT]
    own = {name: minutes for name, minutes in blocks.items() if name not in JOINT}
    pieces = [*sorted(joint), *sorted(_pieces(own), reverse=True)]
    placed = _place(timetable, contents, pieces)
    if placed is None:
        return None
    return tuple(used(day) + sum(content.blocks) + content.joint for day, content in enumerate(placed))


def _place(
    timetable: DayTimetable, contents: list[DayContent], pieces: Sequence[int]
) -> list[DayContent] | None:
    """Return the days with every piece on one of them; ``None`` where some piece has no day.

    Each goes where least is left beside it, so that larger gaps stay; another day is tried when that fails.
    Negative pieces are those that all hold at one time.
    """
    if not all(map(timetable.holds, contents)):
        return None
    if not pieces:
        return contents
    piece, *rest = pieces
    able: dict[DayContent, int] = {}
    for day, content in enumerate(contents):
        able.setdefault(content, day)
    for content, day in sorted(able.items(), key=lambda entry: timetable.idle(entry[0])):
        if piece < 0:
            fuller = replace(content, joint=content.joint - piece)
        else:
            fuller = replace(content, blocks=tuple(sorted((*content.blocks, piece), reverse=True)))
        found = _place(timetable, [*contents[:day], fuller, *contents[day + 1 :]], rest)
        if found is not None:
            return found
    return None


def _pieces(blocks: Mapping[str, int]) -> Iterator[int]:
    for name, minutes in blocks.items():
        left = minutes
        while name == "coordination" and left > PIECE:
            yield PIECE
            left -= PIECE
        yield max(GRID, left)
