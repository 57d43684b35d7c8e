"""Encoder of ``late_intake``: an intake that ends near the end of the day costs."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.model.spans import DAYS
from safeschedule.problem import Setting


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each row of an intake that ends after the late time of its clinician's date began."""
    begins = index.once("late intakes", lambda: _begins(index, setting.whole("last")), setting)
    intakes = rows.of_requests(index.of_kind("intake")) & rows.is_work
    return (intakes & (rows.end > begins[rows.clinician, index.day_of(rows.clinician, rows.start)])).astype(
        np.int64
    )


def _begins(index: Index, last: int) -> Ints:
    """Return by clinician and date when the late time begins; never where nobody works."""
    begins = np.full((len(index.clinicians), DAYS + 1), np.iinfo(np.int64).max, dtype=np.int64)
    for clinician in range(len(index.clinicians)):
        # The last column is of the working day that began before the week.
        for day in range(-1, DAYS):
            ends = [period.end for period in index.shifts[clinician].on(day)]
            if ends:
                begins[clinician, day] = max(ends) - last
    return begins
