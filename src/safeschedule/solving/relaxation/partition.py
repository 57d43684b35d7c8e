"""A large team taken apart into groups that are planned one by one."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints


def groups_of(index: Index, size: int) -> Ints:
    """Return the group of each clinician: those with one supervisor side by side, all about of the size."""
    number = index.clinician_number
    lead = [number.get(c.supervisor or c.id, n) for n, c in enumerate(index.clinicians)]
    order = np.lexsort((np.arange(len(lead)), np.array(lead, dtype=np.int64)))
    count = max(1, round(len(lead) / size))
    groups = np.zeros(len(lead), dtype=np.int64)
    groups[order] = np.arange(len(lead)) * count // max(1, len(lead))
    return groups
