"""Encoder of ``recovery_buffer``: nothing starts in the buffer after trauma processing."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.capacity import post_no_overlap
from safeschedule.model.index import Index, Ints
from safeschedule.model.recovery import buffers
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import BlockKind, Setting


def _buffer_of_rows(index: Index, setting: Setting, rows: Rows) -> Ints:
    # A place in a group holds nobody's time.
    return np.where(rows.is_work, np.append(buffers(index, setting), 0)[rows.request], 0)


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each session row whose buffer leaves the period, or meets leave or a meeting."""
    buffer = _buffer_of_rows(index, setting, rows)
    found = np.zeros(len(rows), dtype=np.int64)
    needing = np.flatnonzero(buffer)
    for (clinician,), members in groups(rows.clinician[needing]) if len(needing) else ():
        numbers = needing[members]
        end = rows.start[numbers] + rows.minutes[numbers]
        until = end + buffer[numbers]
        bad = np.ones(len(numbers), dtype=bool)
        for period in index.periods[clinician]:
            bad &= ~((period.start < end) & (until <= period.end))
        for away, back in index.leave[clinician]:
            bad |= (away < until) & (end < back)
        for start, _ in index.meetings[clinician]:
            bad |= (end <= start) & (start < until)
        found[numbers] = bad
    return found


def post(build: Build, setting: Setting) -> None:
    """Hold the session's time with its buffer (hard), or charge each broken buffer (soft)."""
    index, rows = build.index, build.rows
    buffer = _buffer_of_rows(index, setting, rows)
    owners, people = rows.people()
    held = ~rows.of_block(BlockKind.RECOVERY)
    if not buffer.any():
        return
    if setting.hard:
        busy = {c for (c,), _ in groups(rows.clinician, where=buffer > 0)}
        mine = held[owners] & np.isin(people, sorted(busy))
        post_no_overlap(build, people[mine], owners[mine], _up(buffer, index.grid)[owners[mine]])
    elif build.exact:
        _charge_broken(build, setting, buffer, held)


def _charge_broken(build: Build, setting: Setting, buffer: Ints, held: np.typing.NDArray[np.bool_]) -> None:
    rows = build.rows
    owners, people = rows.people()
    spoiled = amounts(build.index, setting, rows) > 0
    by_start = {
        key: owners[members] for key, members in groups(people, rows.start[owners], where=held[owners])
    }
    ends = rows.end
    for m in np.flatnonzero((buffer > 0) & ~spoiled):
        end, over = int(ends[m]), build.slack(setting)
        for start in range(end, end + int(buffer[m])):
            for other in by_start.get((int(rows.clinician[m]), start), ()):
                build.model.add(build.row_vars[m] + build.row_vars[other] <= 1 + over)


def _up(minutes: Ints, grid: int) -> Ints:
    return -(-minutes // grid) * grid
