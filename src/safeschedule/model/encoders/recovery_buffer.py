"""Encoder of ``recovery_buffer``: nothing starts in the buffer after trauma processing."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import BlockKind, Setting


def buffers(index: Index, setting: Setting) -> Ints:
    """Return the buffer that each session needs, 0 for none."""
    plain = setting.whole("minutes")
    return np.array(
        [
            (plain if t.trauma_processing else 0) if t.recovery_minutes is None else t.recovery_minutes
            for t in index.request_types
        ],
        dtype=np.int64,
    )


def _buffer_of_rows(index: Index, setting: Setting, rows: Rows) -> Ints:
    return np.append(buffers(index, setting), 0)[rows.request]


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each session row whose buffer leaves the period, or meets leave or a meeting."""
    buffer = _buffer_of_rows(index, setting, rows)
    found = np.zeros(len(rows), dtype=np.int64)
    for number in np.flatnonzero(buffer):
        clinician, end = int(rows.clinician[number]), int(rows.end[number])
        until = end + int(buffer[number])
        inside = any(p.start < end and until <= p.end for p in index.periods[clinician])
        away = any(a < until and end < b for a, b in index.leave[clinician])
        met = any(end <= a < until for a, _ in index.meetings[clinician])
        found[number] = not inside or away or met
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
        build.hold(people[mine], owners[mine], _up(buffer, index.grid)[owners[mine]])
    elif build.exact:
        _charge_broken(build, setting, buffer, held)


def _charge_broken(build: Build, setting: Setting, buffer: Ints, held: np.typing.NDArray[np.bool_]) -> None:
    rows = build.rows
    owners, people = rows.people()
    spoiled = amounts(build.index, setting, rows) > 0
    by_start = {
        key: owners[members] for key, members in groups(people, rows.start[owners], where=held[owners])
    }
    for m in np.flatnonzero((buffer > 0) & ~spoiled):
        end, over = int(rows.end[m]), build.slack(setting)
        for start in range(end, end + int(buffer[m])):
            for other in by_start.get((int(rows.clinician[m]), start), ()):
                build.model.add(build.row_vars[m] + build.row_vars[other] <= 1 + over)


def _up(minutes: Ints, grid: int) -> Ints:
    return -(-minutes // grid) * grid
