"""Which rooms and pieces of equipment fit which sessions, as pools that must not be overdrawn.

Sessions that all fit the same rooms may be as many at once as there are rooms. Where what fits one kind of
session fits another kind in part, by Hall's theorem each union of what fits some kinds is such a pool, for
the sessions that fit nowhere else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import MODES, Rows
from safeschedule.problem import Mode, Room, SessionType

Fitting = frozenset[str]


def fitting_rooms(index: Index, kind: SessionType, site: str | None) -> Fitting:
    """Return the rooms at a site that fit a type's sessions."""
    people = kind.largest + kind.facilitators
    return frozenset(
        room.id
        for room in index.problem.rooms
        if room.site == site and room.seats >= people and kind.room_kind in (room.kind, *room.also)
    )


def _pieces(index: Index, wanted: str, site: str | None) -> Fitting:
    # Marked, so that a room and a piece of one code stay two things.
    return frozenset(
        f"* {piece.id}"
        for piece in index.problem.equipment
        if piece.kind == wanted and piece.site in (None, site)
    )


def _needs(index: Index, kind: SessionType, site: str | None) -> Iterator[Fitting]:
    if kind.room_kind is not None:
        yield fitting_rooms(index, kind, site)
    for wanted in dict.fromkeys(kind.equipment):
        yield _pieces(index, wanted, site)


def closed(index: Index, pool: int) -> dict[int, int]:
    """Return by grid step how many rooms of a pool cannot be used in some of it."""
    return index.once("closed", lambda: _closed(index)).get(pool, {})


def _closed(index: Index) -> dict[int, dict[int, int]]:
    steps_of = {room.id: unusable(index, room) for room in index.problem.rooms if room.unavailable}
    found: dict[int, dict[int, int]] = {}
    for number, union in enumerate(_unions_of(index) if steps_of else ()):
        lost = Counter(step for room, steps in steps_of.items() if room in union for step in steps)
        if lost:
            found[number] = dict(lost)
    return found


def unusable(index: Index, room: Room) -> set[int]:
    """Return the grid steps of the week in some minute of which a room cannot be used."""
    spans = ((index.minute(span.start), index.minute(span.end)) for span in room.unavailable)
    pieces = ((max(0, a), min(b, index.slots * index.grid)) for a, b in spans)
    return {step for a, b in pieces for step in range(a // index.grid, -(-b // index.grid)) if a < b}


def pools(index: Index, rows: Rows) -> tuple[Ints, Ints, dict[int, int]]:
    """Return (rows that need of pools, the pool of each, the size of each pool).

    A row is there once for each pool that it draws on.
    """
    in_person = rows.mode == MODES.index(Mode.IN_PERSON)
    numbers = np.flatnonzero(rows.is_appointment & in_person)
    part = rows.take(numbers)
    kinds = index.once("type numbers", lambda: _type_numbers(index))
    place = kinds[part.request] * (len(index.site_number) + 1) + part.site + 1
    pool_of, unions = index.once("pools", lambda: _pools(index))
    found, pool = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for key in np.unique(place).tolist():
        members = numbers[place == key]
        for number in pool_of.get(key, ()):
            found.append(members)
            pool.append(np.full(len(members), number, dtype=np.int64))
    drawn = np.concatenate(pool)
    return np.concatenate(found), drawn, {n: len(unions[n]) for n in np.unique(drawn).tolist()}


def _type_numbers(index: Index) -> Ints:
    number = {code: n for n, code in enumerate(index.types)}
    return np.array([number[kind.id] for kind in index.request_types], dtype=np.int64)


def _unions_of(index: Index) -> list[Fitting]:
    return index.once("pools", lambda: _pools(index))[1]


def _pools(index: Index) -> tuple[dict[int, list[int]], list[Fitting]]:
    """Return the pools on which each type at each place draws, and what is in them."""
    sites = [None, *index.site_number]
    needs = {
        number * len(sites) + position: list(_needs(index, kind, site))
        for number, kind in enumerate(index.types.values())
        for position, site in enumerate(sites)
    }
    unions = list(_unions({fitting for wanted in needs.values() for fitting in wanted}))
    drawing: dict[int, list[int]] = defaultdict(list)
    for place, wanted in needs.items():
        # Of what does not exist there is one pool, however much of it a session needs.
        for fitting in dict.fromkeys(wanted):
            drawing[place] += [
                n for n, union in enumerate(unions) if fitting <= union and (fitting or not union)
            ]
    return drawing, unions


def _unions(kinds: set[Fitting]) -> Iterable[Fitting]:
    """Return each union of sets that hang together; what shares nothing adds nothing to be said."""
    found: dict[Fitting, None] = {}
    ordered = sorted(kinds, key=lambda fitting: (len(fitting), sorted(fitting)))
    for fitting in ordered:
        joined = [union | fitting for union in found if union & fitting]
        found.update(dict.fromkeys([fitting, *joined]))
    # Two unions may be joined only by a third set that comes later.
    while True:
        more = {a | b for a in found for b in found if a & b and a | b not in found}
        if not more:
            return found
        found.update(dict.fromkeys(sorted(more, key=lambda union: (len(union), sorted(union)))))
