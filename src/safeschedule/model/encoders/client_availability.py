"""Encoder of ``client_availability``: sessions inside the windows of client and request, and its dates."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import Setting
from safeschedule.problem.clock import DAY

HELPERS = ("inside",)


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return for each session row how many of client windows, request windows and dates are not kept."""
    del setting
    found = np.zeros(len(rows), dtype=np.int64)
    if not len(index.requests):
        return found
    for (number,), members in groups(rows.request, where=rows.is_visit):
        asked = index.requests[number]
        client = index.clients[index.client_number[asked.client]]
        part = rows.take(members)
        for windows in (client.windows, asked.windows):
            if windows:
                found[members] += ~inside(part, index.window_spans(windows))
        found[members] += ~_dates_fit(index, part, number)
    return found


def _dates_fit(index: Index, rows: Rows, request: int) -> Bools:
    asked, origin = index.requests[request], index.problem.week_start
    first = -DAY if asked.earliest is None else (asked.earliest - origin).days
    last = DAY if asked.latest is None else (asked.latest - origin).days
    fits: Bools = (rows.day >= first) & (rows.day <= last)
    return fits


def inside(rows: Rows, spans: list[tuple[int, int]]) -> Bools:
    """Return for each row whether it lies wholly inside one of the spans."""
    found = np.zeros(len(rows), dtype=bool)
    for start, end in spans:
        found |= (rows.start >= start) & (rows.end <= end)
    return found
