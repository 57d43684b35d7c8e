"""Encoder of ``before_leave``: before a long leave no intakes, and no clients but the own ones."""

from __future__ import annotations

import numpy as np

from safeschedule.model.absences import Span, foreseen, free_on, long_leaves
from safeschedule.model.index import DAYS, Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.problem import Setting

# Dates before a leave among which its last working dates are looked for.
_BACK = 14


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each row that is an intake, or of somebody else's client, before its clinician's leave."""
    found = np.zeros(len(rows), dtype=np.int64)
    spans = index.once("before_leave", lambda: _spans(index, setting), setting)
    if not spans:
        return found
    days = index.day_of(rows.clinician, rows.start)
    intake = index.of_kind("intake")
    exempt = index.of_kind(*setting.names("exempt")) | index.of_groups
    owner = np.array(
        [-1 if c.clinician is None else index.clinician_number[c.clinician] for c in index.clients],
        dtype=np.int64,
    )
    owner = np.append(owner, -1)[index.request_client]
    for clinician, begin, end in spans:
        mine = (rows.clinician == clinician) & (days >= begin) & (rows.start < end)
        found[mine & rows.of_requests(_forbidden(intake, exempt, owner, clinician))] = 1
    return found


def _forbidden(intake: Bools, exempt: Bools, owner: Ints, clinician: int) -> Bools:
    """Return by request whether a session of it is forbidden before the clinician's leave."""
    forbidden: Bools = (intake | (owner != clinician)) & ~exempt
    return forbidden


def _spans(index: Index, setting: Setting) -> list[tuple[int, int, int]]:
    """Return (clinician, first day, end) of the days before each long leave, as far as they meet the week."""
    found = []
    for clinician in range(len(index.clinicians)):
        known = foreseen(index, clinician)
        for start, _ in long_leaves(index, clinician, setting.whole("length"), known):
            first = index.shifts[clinician].day(start)
            begin = _begin(index, clinician, first, setting.whole("days"), known)
            if start > 0 and begin < DAYS:
                found.append((clinician, begin, start))
    return found


def _begin(index: Index, clinician: int, first: int, days: int, known: list[Span]) -> int:
    """Return the date with which the days before a leave begin that starts on the date `first`."""
    at_work = [day for day in range(first - _BACK, first) if free_on(index, clinician, day, known)]
    last = at_work[max(0, len(at_work) - days) :]
    return last[0] if last else first
