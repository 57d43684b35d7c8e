"""Which placements can be of use in a part of a week; without the others the answer is the same."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.explaining.clashes.few import asks_the_team
from safeschedule.explaining.clashes.week import RelaxedWeek
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Role, Rows


def useful(index: Index, rows: Rows, part: RelaxedWeek) -> Rows:
    """Return the rows without those that no schedule of a part needs."""
    left = rows.take(~_idle(index, rows, part))
    return not_elsewhere(index, left)


def not_elsewhere(index: Index, rows: Rows) -> Rows:
    """Return the rows without sessions of requests, or groups, all of whose sessions are pinned elsewhere."""
    return rows.take(~_elsewhere(index, rows))


def _idle(index: Index, rows: Rows, part: RelaxedWeek) -> Bools:
    """Return which rows are blocks that somebody would hold alone of whom nothing is asked.

    They take that person's time, and meet nobody's need. Where a rule asks for blocks of the team,
    everybody's may be needed.
    """
    if any(not who and asks_the_team(part.problem, name) for name, who in part.asked.items()):
        return np.zeros(len(rows), dtype=bool)
    busy = {code for who in part.asked.values() for code in who}
    busy |= {code for pin in part.problem.pinned_blocks for code in pin.clinicians}
    idle = [number for number, person in enumerate(index.clinicians) if person.id not in busy]
    found: Bools = rows.is_block & (rows.role == Role.SOLO) & np.isin(rows.clinician, idle)
    return found


def _elsewhere(index: Index, rows: Rows) -> Bools:
    """Return which rows are at other times than all sessions of their request, or group, are pinned to."""
    starts: dict[int, list[int]] = defaultdict(list)
    for pin in index.problem.pinned_appointments:
        starts[index.request_number[pin.request]].append(index.minute(pin.start))
    for held in index.problem.pinned_groups:
        starts[len(index.requests) + index.group_number[held.group]].append(index.minute(held.start))
    found = np.zeros(len(rows), dtype=bool)
    for item, pinned in starts.items():
        if len(pinned) >= int(index.counts[item]):
            found |= (_items(index, rows) == item) & ~np.isin(rows.start, pinned)
    return found


def _items(index: Index, rows: Rows) -> Ints:
    """Return by row the number of its request, or of its group; -1 for blocks."""
    groups = {group.id: len(index.requests) + number for number, group in enumerate(index.groups)}
    own = [
        number if request.group is None else groups[request.group]
        for number, request in enumerate(index.requests)
    ]
    table = np.array([*own, *groups.values(), -1], dtype=np.int64)
    return table[rows.request]
