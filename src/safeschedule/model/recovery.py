"""Recovery after sessions, for whatever counts time: it is held and paid, no gap and no pause."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Columns, Rows
from safeschedule.problem import BlockKind, Setting


def buffers(index: Index, setting: Setting) -> Ints:
    """Return the minutes of recovery that each request's and group's sessions need, 0 for none."""
    plain = setting.whole("minutes")
    return np.array(
        [
            (plain if t.trauma_processing else 0) if t.recovery_minutes is None else t.recovery_minutes
            for t in index.request_types
        ],
        dtype=np.int64,
    )


def recovery_due(index: Index, rows: Columns) -> Ints:
    """Return by row (or entry) the minutes of recovery due after it, 0 while ``recovery_buffer`` is off."""
    setting = index.settings.get("recovery_buffer")
    if setting is None:
        return np.zeros(len(rows), dtype=np.int64)
    # A place in a group holds nobody's time.
    return np.where(rows.is_work, np.append(buffers(index, setting), 0)[rows.request], 0)


def buffer_rows(rows: Rows, *kinds: BlockKind) -> dict[int, list[tuple[int, int, int]]]:
    """Return by clinician (start, end, row) of blocks of recovery or preparation.

    Only pins and given weeks have some, because those that are due are written in afterwards.
    """
    owners, people = rows.people()
    held = rows.of_block(*kinds)[owners]
    found: dict[int, list[tuple[int, int, int]]] = {}
    for row, person in zip(owners[held].tolist(), people[held].tolist(), strict=True):
        found.setdefault(person, []).append((int(rows.start[row]), int(rows.end[row]), row))
    return found
