"""Which rooms and pieces of equipment fit which sessions, as pools that must not be overdrawn.

Sessions that all fit the same rooms may be as many at once as there are rooms. Where what fits one kind of
session fits another kind in part, by Hall's theorem (1935, doi:10.1112/jlms/s1-10.37.26) each union of what
fits some kinds is such a pool, for the sessions that fit nowhere else. A session that is pinned to a room
fits that room alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.model.fitting import Fitting, equipment, fitting_rooms, needs, unusable
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import MODES, Rows
from safeschedule.model.slot_rooms import anchors, holds_rooms, needs_of_slots, slot_places
from safeschedule.model.slots import case_of
from safeschedule.problem import Mode


def closed(index: Index, pool: int) -> dict[int, int]:
    """Return by grid step how many rooms of a pool cannot be used in some of it."""
    return index.once("closed", lambda: _closed(index)).get(pool, {})


def _closed(index: Index) -> dict[int, dict[int, int]]:
    shut = index.problem.by_code.shut
    steps_of = {room.id: unusable(index, room) for room in index.problem.rooms if room.id in shut}
    found: dict[int, dict[int, int]] = {}
    for number, union in enumerate(_unions_of(index) if steps_of else ()):
        lost = Counter(step for room, steps in steps_of.items() if room in union for step in steps)
        if lost:
            found[number] = dict(lost)
    return found


def pools(
    index: Index, rows: Rows, *, slots: bool | None = None, anchored: bool = False
) -> tuple[Ints, Ints, dict[int, int]]:
    """Return (rows that need of pools, the pool of each, the size of each pool).

    A row is there once for each pool that it draws on.

    Parameters
    ----------
    slots
        Whether urgent slots draw on them, too; by default they do where the rule that keeps rooms for them
        is hard.
    anchored
        Slots that could be at one of several sites draw on the rooms of one of them, chosen beforehand: what
        fits so fits in any case, and there are far fewer pools than unions of what sites have.
    """
    in_person = rows.mode == MODES.index(Mode.IN_PERSON)
    numbers = np.flatnonzero(rows.is_appointment & in_person)
    part = rows.take(numbers)
    kinds = index.once("type numbers", lambda: _type_numbers(index))
    place = kinds[part.request] * (len(index.site_number) + 1) + part.site + 1
    for pin, mine in enumerate(_named_masks(index, part)):
        place[mine] = -1 - pin
    pool_of, unions, plain = index.once("pools", lambda: _pools(index))
    holding = holds_rooms(index) if slots is None else slots
    if holding:
        held, theirs = slot_places(index, rows)
        numbers = np.concatenate([numbers, held])
        if anchored:
            kind = list(index.types).index(case_of(index).kind.id) if len(held) else 0  # type: ignore[union-attr]
            sites = anchors(index, rows.take(held))
            place = np.concatenate([place, kind * (len(index.site_number) + 1) + sites + 1])
        else:
            place = np.concatenate([place, -1 - len(_named(index)) - theirs])
    found, pool = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for key in np.unique(place).tolist():
        members = numbers[place == key]
        drawn = pool_of.get(key, ())
        for number in drawn if holding and not anchored else (n for n in drawn if n < plain):
            found.append(members)
            pool.append(np.full(len(members), number, dtype=np.int64))
    drawn_on = np.concatenate(pool)
    return np.concatenate(found), drawn_on, {n: len(unions[n]) for n in np.unique(drawn_on).tolist()}


@dataclass(frozen=True)
class _Named:
    """A session that is pinned to a room: its row, and what it needs there."""

    request: int
    clinician: int
    start: int
    site: int
    room: int
    needs: tuple[Fitting, ...]


def named_rows(index: Index, rows: Rows) -> tuple[Ints, Ints]:
    """Return (numbers of the rows that are pinned to a room, the room's number of each)."""
    named = _named(index)
    found = [np.flatnonzero(mine) for mine in _named_masks(index, rows)]
    rooms = [np.full(len(mine), pin.room) for pin, mine in zip(named, found, strict=True)]
    nothing = np.zeros(0, dtype=np.int64)
    return np.concatenate([nothing, *found]), np.concatenate([nothing, *rooms])


def _named_masks(index: Index, rows: Rows) -> Iterator[Bools]:
    """Yield for each session that is pinned to a room which rows are that session, there."""
    in_person = rows.mode == MODES.index(Mode.IN_PERSON)
    for named in _named(index):
        mine: Bools = in_person & (rows.start == named.start) & (rows.request == named.request)
        yield mine & (rows.clinician == named.clinician) & (rows.site == named.site)


def _named(index: Index) -> list[_Named]:
    """Return the sessions that are pinned to rooms."""
    return index.once("named rooms", lambda: list(_named_of(index)))


def _named_of(index: Index) -> Iterator[_Named]:
    rooms = index.problem.by_code.rooms
    numbers = {code: number for number, code in enumerate(rooms)}
    for pin in index.problem.pinned_appointments:
        if pin.room is None or pin.request not in index.request_number:
            continue
        request, room = index.request_number[pin.request], rooms[pin.room]
        kind = index.request_types[request]
        named = frozenset({room.id})
        # One that does not fit is none: the verifier refuses it, too.
        fits = kind.room_kind is None or named <= fitting_rooms(index, kind, room.site)
        yield _Named(
            request,
            index.clinician_number[pin.clinician],
            index.minute(pin.start),
            -1 if room.site is None else index.site_number[room.site],
            numbers[room.id],
            (named if fits else Fitting(), *equipment(index, kind, room.site)),
        )


def _type_numbers(index: Index) -> Ints:
    number = {code: n for n, code in enumerate(index.types)}
    return np.array([number[kind.id] for kind in index.request_types], dtype=np.int64)


def _unions_of(index: Index) -> list[Fitting]:
    return index.once("pools", lambda: _pools(index))[1]


def _pools(index: Index) -> tuple[dict[int, list[int]], list[Fitting], int]:
    """Return the pools on which each type at each place draws, what is in them, and how many are of sessions.

    Those that there are only because of urgent slots, which may be at several sites, come after them.
    """
    sites = [None, *index.site_number]
    wanting = {
        number * len(sites) + position: list(needs(index, kind, site))
        for number, kind in enumerate(index.types.values())
        for position, site in enumerate(sites)
    }
    # What is pinned to a room has a place of its own, by a negative number; slots have those after.
    wanting |= {-1 - pin: list(named.needs) for pin, named in enumerate(_named(index))}
    unions = list(_unions({fitting for wanted in wanting.values() for fitting in wanted}))
    plain, first = len(unions), -1 - len(_named(index))
    wanting |= {first - place: list(wanted) for place, wanted in enumerate(needs_of_slots(index))}
    known = set(unions)
    every = _unions({fitting for wanted in wanting.values() for fitting in wanted})
    unions += [union for union in every if union not in known]
    drawing: dict[int, list[int]] = defaultdict(list)
    for place, wanted in wanting.items():
        # Of what does not exist there is one pool, however much of it a session needs.
        for fitting in dict.fromkeys(wanted):
            drawing[place] += [
                n for n, union in enumerate(unions) if fitting <= union and (fitting or not union)
            ]
    return drawing, unions, plain


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
