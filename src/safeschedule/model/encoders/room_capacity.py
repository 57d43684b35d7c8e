"""Encoder of ``room_capacity``: in-person sessions at a site and step against the rooms of their kind."""

from __future__ import annotations

from collections import Counter

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.rows import MODES
from safeschedule.problem import Mode, Setting


def post(build: Build, setting: Setting) -> None:
    """Keep the sessions that need a room of a kind at a site to the number of such rooms."""
    del setting
    index, rows = build.index, build.rows
    kinds = sorted({t.room_kind for t in index.request_types if t.room_kind is not None})
    if not kinds:
        return
    in_person = rows.mode == MODES.index(Mode.IN_PERSON)
    number_of = {kind: number for number, kind in enumerate(kinds)}
    need = np.array([-1 if t.room_kind is None else number_of[t.room_kind] for t in index.request_types])
    numbers = np.flatnonzero(rows.of_requests(need >= 0) & in_person)
    if not len(numbers):
        return
    # One number for each pair of site and kind; site -1 (not given) is a place of its own.
    pools = (rows.site[numbers] + 1) * len(kinds) + need[rows.request[numbers]]
    rooms = Counter(
        (-1 if room.site is None else index.site_number[room.site]) * len(kinds)
        + len(kinds)
        + number_of[room.kind]
        for room in index.problem.rooms
        if room.kind in number_of
    )
    build.fit_into(pools, numbers, {pool: rooms[pool] for pool in np.unique(pools).tolist()})
