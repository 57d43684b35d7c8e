"""Takes out documentation that begins before there is anything to write."""

from __future__ import annotations

import numpy as np

from safeschedule.model.encoders.pinned import rows_of_pinned_blocks
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Role, Rows
from safeschedule.model.slots import slots_of
from safeschedule.problem import BlockKind


def without_early_notes(index: Index, rows: Rows, chosen: Bools) -> Bools:
    """Return the chosen rows without own documentation before the end of the day's first work.

    It serves no rule: time counts for work that has ended before it. The search has no reason to leave it
    out, and `tidy_own`, which takes out more, may have no time. Pinned blocks stay.
    """
    day = index.day_of(rows.clinician, rows.start)
    first = _first_ends(rows, day, chosen)
    notes = np.flatnonzero(
        chosen & rows.of_block(BlockKind.DOCUMENTATION) & ~rows_of_pinned_blocks(index, rows)
    )
    ends = [
        first.get(key, -1) for key in zip(rows.clinician[notes].tolist(), day[notes].tolist(), strict=True)
    ]
    found = chosen.copy()
    found[notes[rows.start[notes] < np.array(ends, dtype=np.int64)]] = False
    return found


def _first_ends(rows: Rows, day: Ints, chosen: Bools) -> dict[tuple[int, int], int]:
    """Return by clinician and working day when the first session or urgent slot ends."""
    work = np.flatnonzero(chosen & (rows.is_work | slots_of(rows)))
    pairs = work[rows.role[work] == Role.PAIR]
    people = np.append(rows.clinician[work], rows.partner[pairs])
    numbers = np.append(work, pairs)
    found: dict[tuple[int, int], int] = {}
    for who, date, end in zip(
        people.tolist(), day[numbers].tolist(), rows.end[numbers].tolist(), strict=True
    ):
        found[who, date] = min(end, found.get((who, date), end))
    return found
