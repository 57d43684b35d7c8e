"""Encoder of ``room_capacity``: in-person sessions at a site and step against the rooms of their kind."""

from __future__ import annotations

from collections import Counter

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import MODES, Rows
from safeschedule.problem import Mode, Setting


def pools(index: Index, rows: Rows) -> tuple[Ints, Ints, dict[int, int]]:
    """Return (rows that need a room, the pool that each needs one of, rooms by pool).

    A pool is a site and a kind of room; site -1 (not given) is a place of its own.
    """
    kinds = sorted({t.room_kind for t in index.request_types if t.room_kind is not None})
    number_of = {kind: number for number, kind in enumerate(kinds)}
    need = np.array([-1 if t.room_kind is None else number_of[t.room_kind] for t in index.request_types])
    in_person = rows.mode == MODES.index(Mode.IN_PERSON)
    numbers = np.flatnonzero(rows.of_requests(need >= 0) & in_person)
    pool = (rows.site[numbers] + 1) * len(kinds) + need[rows.request[numbers]]
    rooms = Counter(
        (0 if room.site is None else index.site_number[room.site] + 1) * len(kinds) + number_of[room.kind]
        for room in index.problem.rooms
        if room.kind in number_of
    )
    return numbers, pool, {number: rooms[number] for number in np.unique(pool).tolist()}


def post(build: Build, setting: Setting) -> None:
    """Keep the sessions that need a room of a kind at a site to the number of such rooms."""
    del setting
    numbers, pool, rooms = pools(build.index, build.rows)
    if len(numbers):
        build.fit_into(pool, numbers, rooms)
