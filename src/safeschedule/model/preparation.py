"""Preparation before sessions, for whatever counts time: it is held and paid, no gap and no pause."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Columns


def preparation_minutes(index: Index) -> Ints:
    """Return the minutes of preparation that each request's and group's sessions need, 0 for none."""
    return np.array([t.preparation_minutes or 0 for t in index.request_types], dtype=np.int64)


def preparation_due(index: Index, rows: Columns) -> Ints:
    """Return by row (or entry) the minutes of preparation before it, 0 while the rule is off."""
    if "preparation" not in index.settings:
        return np.zeros(len(rows), dtype=np.int64)
    # A place in a group holds nobody's time.
    return np.where(rows.is_work, np.append(preparation_minutes(index), 0)[rows.request], 0)
