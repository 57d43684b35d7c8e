"""What fits: rows of one owner that hold no grid step together, and rows of which so many may at most.

In constraint programming these are NoOverlap and Cumulative. Rows hold whole grid steps, so that "at most so
many at each step" says the same, and is linear. The plan layer has no starts: there, the rows that can only
lie in a span have to fit into its steps.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Ints
from safeschedule.model.rows import groups, steps
from safeschedule.problem.clock import DAY


def post_no_overlap(
    build: Build, owners: Ints, numbers: Ints, pad: Ints | None = None, lead: Ints | None = None
) -> None:
    """Post that the rows `numbers` of each owner never hold the same grid step.

    On the plan layer: that a half-day's and a day's rows fit into the grid steps that its rows can reach at
    all.

    Parameters
    ----------
    owners
        Of each entry of `numbers`: the clinician, or any other partition, such as clients.
    pad, lead
        Minutes more after the end; before the start, in whole grid steps.
    """
    if build.exact:
        which, slots = steps(build.rows, build.index.grid, numbers, pad, lead)
        for _, members in groups(owners[which], slots):
            if len(members) > 1:
                build.model.add_exclusive(build.row_index[numbers[which[members]]])
    _fit(build, owners, numbers, pad, lead)


def post_capacity(
    build: Build,
    owners: Ints,
    numbers: Ints,
    capacity: Mapping[int, int],
    less: Mapping[int, Mapping[int, int]] | None = None,
    where: Bools | None = None,
) -> None:
    """Post that at each grid step at most `capacity[owner]` rows of `numbers` are held.

    `less` says by owner and grid step by how many it is less (left aside by the plan layer, which
    relaxes). With `where`, by entry of `numbers`, only steps are looked at that one of these may hold.
    """
    if build.exact:
        which, slots = steps(build.rows, build.index.grid, numbers)
        for (owner, slot), members in groups(owners[which], slots):
            if where is not None and not where[which[members]].any():
                continue
            most = capacity[owner] - (less or {}).get(owner, {}).get(slot, 0)
            if len(members) > most:
                build.model.add_row(build.row_index[numbers[which[members]]], None, None, most)
    for owner in np.unique(owners).tolist():
        mine = owners == owner
        _fit(build, owners[mine], numbers[mine], None, None, capacity[owner])


def _fit(
    build: Build, owners: Ints, numbers: Ints, pad: Ints | None, lead: Ints | None, capacity: int = 1
) -> None:
    """Post for each owner, date and span: what can only lie in the span fits into its grid steps."""
    if build.fixed.all():
        # Nothing is left to be cut off.
        return
    nothing = np.zeros(len(numbers), dtype=np.int64)
    padding, before = (nothing if more is None else more for more in (pad, lead))
    which, slots = steps(build.rows, build.index.grid, numbers, padding, before)
    days = build.time[numbers] // 2
    reach = {key: np.unique(slots[m]) for key, m in groups(owners[which], days[which])}
    start, end = build.rows.start[numbers] - before, build.rows.end[numbers] + padding
    padding = padding + before
    for key, members in groups(owners, days):
        plans, first, inverse, count = np.unique(
            build.plan_of_row[numbers[members]], return_index=True, return_inverse=True, return_counts=True
        )
        low = np.full(len(plans), np.iinfo(np.int64).max)
        high = np.zeros(len(plans), dtype=np.int64)
        np.minimum.at(low, inverse, start[members])
        np.maximum.at(high, inverse, end[members])
        # An entry that could also be met by rows outside `numbers` (another site, say) may hold nothing.
        whole = count == build.plan_sizes[plans]
        length = build.rows.minutes[numbers[members[first]]] + padding[members[first]]
        if capacity > 1:
            # Rooms: many rows over many spans say little that the half-days and the day do not.
            low, high = _coarse(build, low, high)
        _fit_spans(build, plans[whole], low[whole], high[whole], length[whole], reach[key], capacity)


def _coarse(build: Build, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return spans widened to the half-days (or the day) in which they lie."""
    midday = low // DAY * DAY + build.index.midday
    begin = np.where(low >= midday, midday, low // DAY * DAY)
    end = np.where(high <= midday, midday, (low // DAY + 1) * DAY)
    return begin, np.maximum(end, high)


def _fit_spans(
    build: Build, plans: Ints, low: Ints, high: Ints, length: Ints, reach: Ints, capacity: int
) -> None:
    grid = build.index.grid
    need = -(-length // grid)
    most = need * build.plan_most[plans]
    posted: set[bytes] = set()
    build.model.ask()
    begins, ends = np.unique(low)[::-1], np.unique(high)
    # By begin and end: what may lie between them, and how many of the steps that can be reached do.
    after, before = low >= begins[:, None], high <= ends[:, None]
    steps_before = np.searchsorted(reach, -(-ends // grid))
    room = capacity * (steps_before - np.searchsorted(reach, begins // grid)[:, None])
    ending = after.astype(np.int64) @ (high[:, None] == ends)
    tight = (ending > 0) & ((after * most) @ before.T > room)
    for begin, end in np.argwhere(tight).tolist():
        inside = after[begin] & before[end]
        # Growing spans: one that takes in nothing new says nothing new.
        if (kind := inside.tobytes()) not in posted:
            posted.add(kind)
            build.model.add_row(build.plan_index[plans[inside]], need[inside], None, int(room[begin, end]))
