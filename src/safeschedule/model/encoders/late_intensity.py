"""Encoder of ``late_intensity``: high-intensity time near the end of the day costs."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.model.spans import DAYS
from safeschedule.problem import Setting


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return the begun units of each high-intensity row in the late time of its date."""
    ends = index.once("last ends", lambda: _ends(index))
    end = ends[rows.clinician, index.day_of(rows.clinician, rows.start)]
    late = np.minimum(rows.end, end) - np.maximum(rows.start, end - setting.whole("last"))
    counted = rows.of_requests(index.request_high) & (end >= 0) & (late > 0)
    units: Ints = np.where(counted, -(-late // setting.whole("unit")), 0)
    return units


def _ends(index: Index) -> Ints:
    """Return by clinician and date when the last working period ends, -1 without one; no clock moves it."""
    ends = np.full((len(index.clinicians), DAYS + 1), -1, dtype=np.int64)
    for clinician in range(len(index.clinicians)):
        for day in range(-1, DAYS):
            # What goes on after the week goes on all the same. The last column is of the day before the week.
            ends[clinician, day] = max((p.end for p in index.shifts[clinician].on(day)), default=-1)
    return ends
