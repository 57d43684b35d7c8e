"""Encoder of ``working_hours``: rows inside working periods, week inside contracted minutes."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.rows import MODES, Rows, groups
from safeschedule.problem import BlockKind, Mode, Setting

NEEDS = (Need.PEOPLE,)


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Count by row how many of its clinicians are outside their periods, or with clients in remote ones."""
    del setting
    owners, people = rows.people()
    slots = rows.start[owners] // index.grid
    outside = rows.end[owners] > index.period_end[people, slots]
    if index.remote_sites or index.period_remote.any():
        seen = rows.is_work & (rows.mode == MODES.index(Mode.IN_PERSON))
        there = np.isin(rows.site, list(index.remote_sites))
        outside = outside | (seen[owners] & (there[owners] | index.period_remote[people, slots]))
    return np.bincount(owners, weights=outside, minlength=len(rows)).astype(np.int64)


def post(build: Build, setting: Setting) -> None:
    """Keep each clinician's week inside the contracted minutes."""
    plan = build.plan
    counted = ~plan.of_block(BlockKind.BREAK, BlockKind.RECOVERY)
    owners, people = plan.people()
    weeks = dict(groups(people, where=counted[owners]))
    for number in build.people:
        contracted = build.index.clinicians[number].contracted_minutes
        if contracted is not None:
            # Meetings alone may be too much, also for who has nothing else.
            met = sum(end - start for start, end in build.index.meetings[number])
            entries = owners[weeks.get((number,), np.zeros(0, dtype=np.int64))]
            build.limit(
                setting,
                [build.plan_vars[e] for e in entries],
                contracted - met,
                plan.minutes[entries].tolist(),
            )
