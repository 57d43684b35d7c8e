"""Encoder of ``stability``: sessions away from their standing time cost."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting
from safeschedule.problem.clock import DAY


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return the cost of each session row's weekday or time against the standing one."""
    found = np.zeros(len(rows), dtype=np.int64)
    if not len(index.requests):
        return found
    standing = [request.standing for request in index.requests]
    days = np.array([-1 if s is None else s.day.number for s in standing], dtype=np.int64)
    clocks = np.array([-1 if s is None else s.start for s in standing], dtype=np.int64)
    numbers = np.flatnonzero(rows.is_session)
    request = rows.request[numbers]
    weekday = (index.problem.week_start.weekday() + rows.day[numbers]) % 7
    moved = np.where(rows.start[numbers] % DAY != clocks[request], setting.whole("time"), 0)
    moved = np.where(weekday != days[request], setting.whole("day"), moved)
    found[numbers] = np.where(days[request] < 0, 0, moved)
    return found
