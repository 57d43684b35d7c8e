"""Encoder of ``no_overlap``: at each grid step at most one row of a clinician, a client and a named room."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.capacity import post_no_overlap
from safeschedule.model.index import Index, Ints
from safeschedule.model.rooming import named_rows
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import Setting


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return for each row how many meetings of its clinicians it overlaps."""
    del setting
    found = np.zeros(len(rows), dtype=np.int64)
    owners, people = rows.people()
    for clinician, meetings in enumerate(index.meetings):
        mine = owners[people == clinician]
        for start, end in meetings:
            found[mine[(rows.start[mine] < end) & (rows.end[mine] > start)]] += 1
    return found


def post(build: Build, setting: Setting) -> None:
    """Hold each clinician's time once, and each client's where the client has several sessions.

    Of rooms only names are known here: those of pins.
    """
    del setting
    owners, people = build.rows.people()
    post_no_overlap(build, people, owners)
    sessions = np.flatnonzero(build.rows.is_visit)
    clients = build.row_client[sessions]
    several = [
        client
        for (client,), members in groups(clients)
        if build.index.counts[np.unique(build.rows.request[sessions[members]])].sum() > 1
    ]
    shared = np.isin(clients, several)
    if shared.any():
        post_no_overlap(build, clients[shared], sessions[shared])
    named, rooms = named_rows(build.index, build.rows)
    if len(named):
        post_no_overlap(build, rooms, named)
