"""Encoder of ``preferences``: sessions outside preferred windows cost."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import Setting, Window


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return for each session row how many of client and clinician prefer another time."""
    del setting
    found = np.zeros(len(rows), dtype=np.int64)
    visits = rows.is_visit
    if not visits.any():
        return found
    clients = np.where(visits, index.request_client[rows.request], -1)
    for (number,), members in groups(clients, where=visits):
        found[members] += _outside(index, rows.take(members), index.clients[number].preferred)
    for (number,), members in groups(rows.clinician, where=rows.is_work):
        found[members] += _outside(index, rows.take(members), index.clinicians[number].preferred)
    return found


def _outside(index: Index, rows: Rows, windows: tuple[Window, ...]) -> Ints:
    outside = np.full(len(rows), int(bool(windows)), dtype=np.int64)
    for start, end in index.window_spans(windows):
        outside[(rows.start >= start) & (rows.end <= end)] = 0
    return outside
