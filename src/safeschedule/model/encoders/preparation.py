"""Encoder of ``preparation``: nothing ends in the time to prepare directly before a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.capacity import post_no_overlap
from safeschedule.model.index import Index, Ints
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import recovery_due
from safeschedule.model.rows import Rows, groups
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Setting


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each session row whose preparation leaves the period, or meets leave or a meeting."""
    del setting
    due = preparation_due(index, rows)
    found = np.zeros(len(rows), dtype=np.int64)
    needing = np.flatnonzero(due)
    for (clinician,), members in groups(rows.clinician[needing]) if len(needing) else ():
        numbers = needing[members]
        start = rows.start[numbers]
        begin = start - due[numbers]
        bad = np.ones(len(numbers), dtype=bool)
        for period in index.periods[clinician]:
            bad &= ~((period.start <= begin) & (start < period.end))
        for away, back in index.leave[clinician]:
            bad |= (away < start) & (begin < back)
        for _, end in index.meetings[clinician]:
            bad |= (begin < end) & (end <= start)
        found[numbers] = bad
    return found


def post(build: Build, setting: Setting) -> None:
    """Hold the time before a session with it (hard), or charge each session whose preparation is broken."""
    rows = build.rows
    due = preparation_due(build.index, rows)
    if not due.any():
        return
    owners, people = rows.people()
    held = ~rows.of_block(BlockKind.PREPARATION)
    if not setting.hard:
        if build.exact:
            _charge_broken(build, setting, due)
        return
    busy = {c for (c,), _ in groups(rows.clinician, where=due > 0)}
    mine = held[owners] & np.isin(people, sorted(busy))
    post_no_overlap(build, people[mine], owners[mine], lead=_up(due, build.index.grid)[owners[mine]])
    if build.exact:
        for before, after in _recovering(build, due):
            build.model.add_at_most_one([*before, *after])


def _recovering(build: Build, due: Ints) -> Iterator[tuple[list[Var], list[Var]]]:
    """Yield sessions whose recovery reaches into the preparation of others, and these.

    To the minute: recovery and preparation may be of any length, whatever the grid.
    """
    rows, rest = build.rows, recovery_due(build.index, build.rows)
    ending: dict[tuple[int, int], dict[tuple[int, int], list[Var]]] = defaultdict(lambda: defaultdict(list))
    for number in np.flatnonzero(rest).tolist():
        end = int(rows.end[number])
        key = int(rows.clinician[number]), int(build.day[number])
        ending[key][end, end + int(rest[number])].append(build.row_vars[number])
    for (clinician, start, minutes, day), members in groups(
        rows.clinician, rows.start, due, build.day, where=due > 0
    ):
        after = [build.row_vars[number] for number in members]
        for (end, until), before in ending.get((clinician, day), {}).items():
            if end <= start and start - minutes < until:
                yield before, after


def _charge_broken(build: Build, setting: Setting, due: Ints) -> None:
    rows = build.rows
    rest = recovery_due(build.index, rows)
    spoiled = amounts(build.index, setting, rows) > 0
    owners, people = rows.people()
    by_end: dict[tuple[int, int], list[int]] = defaultdict(list)
    counted = ~rows.of_block(BlockKind.PREPARATION)[owners]
    for (person, end), members in groups(people, rows.end[owners], where=counted):
        by_end[person, end] += owners[members].tolist()
    longest = int(rest.max(initial=0))
    for number in np.flatnonzero((due > 0) & ~spoiled).tolist():
        start, clinician, over = int(rows.start[number]), int(rows.clinician[number]), build.slack(setting)
        begin = start - int(due[number])
        for end in range(begin - longest + 1, start + 1):
            for other in by_end.get((clinician, end), ()):
                if end + int(rest[other]) > begin:
                    build.model.add(build.row_vars[number] + build.row_vars[other] <= 1 + over)


def _up(minutes: Ints, grid: int) -> Ints:
    return -(-minutes // grid) * grid
