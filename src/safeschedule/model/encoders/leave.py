"""Encoder of ``leave``: no row overlaps the leave of its clinicians."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return for each row how many of its clinicians are on leave in it."""
    del setting
    found = np.zeros(len(rows), dtype=np.int64)
    owners, people = rows.people()
    for clinician, spans in enumerate(index.leave):
        mine = owners[people == clinician]
        away = np.zeros(len(mine), dtype=bool)
        for start, end in spans:
            away |= (rows.start[mine] < end) & (rows.end[mine] > start)
        np.add.at(found, mine[away], 1)
    return found
