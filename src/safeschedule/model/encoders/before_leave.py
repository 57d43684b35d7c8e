"""Encoder of ``before_leave``: before a long leave no intakes, no clients but the own ones, nothing extra."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.absences import Span, foreseen, free_on, long_leaves
from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.model.spans import DAYS
from safeschedule.model.variables import Var
from safeschedule.problem import Setting

HELPERS = ("counted", "days_before", "extras")

# Dates before a leave among which its last working dates are looked for.
_BACK = 14


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each row that is an intake, or of somebody else's client, before its clinician's leave."""
    found = np.zeros(len(rows), dtype=np.int64)
    spans = days_before(index, setting)
    if not spans:
        return found
    days = index.day_of(rows.clinician, rows.start)
    intake = index.of_kind("intake")
    exempt = index.of_kind(*setting.names("exempt")) | index.of_groups
    owner = _owners(index)
    for clinician, begin, end in spans:
        mine = (rows.clinician == clinician) & (days >= begin) & (rows.start < end)
        found[mine & rows.of_requests(_forbidden(intake, exempt, owner, clinician))] = 1
    return found


def _forbidden(intake: Bools, exempt: Bools, owner: Ints, clinician: int) -> Bools:
    """Return by request whether a session of it is forbidden before the clinician's leave."""
    forbidden: Bools = (intake | (owner != clinician)) & ~exempt
    return forbidden


def _owners(index: Index) -> Ints:
    """Return by request the own clinician of its client, -1 for none."""
    owner = np.array(
        [-1 if c.clinician is None else index.clinician_number[c.clinician] for c in index.clients],
        dtype=np.int64,
    )
    found: Ints = np.append(owner, -1)[index.request_client]
    return found


def extras(index: Index, setting: Setting, clinician: int) -> Bools:
    """Return by request whether a session of it may be an extra one of an own client of the clinician."""
    exempt = index.of_kind(*setting.names("exempt")) | index.of_groups | index.pools
    regular = [r.standing is not None or r.every is not None for r in index.requests]
    regular += [True] * len(index.groups)
    irregular: Bools = ~np.array(regular, dtype=bool)
    found: Bools = (_owners(index) == clinician) & ~exempt & ~index.of_kind("intake") & irregular
    return found


def counted(index: Index, setting: Setting) -> Bools:
    """Return by request whether its sessions can make later ones extra."""
    found: Bools = ~(index.of_kind(*setting.names("exempt")) | index.of_groups | index.pools)
    return found


def post(build: Build, setting: Setting) -> None:
    """Post that no extra session of an own client lies before a leave; exact starts say which is earlier."""
    index, rows = build.index, build.rows
    spans = days_before(index, setting)
    if not build.exact or not spans:
        return
    before = rows.of_requests(counted(index, setting))
    for clinician in sorted({clinician for clinician, _, _ in spans}):
        within = np.zeros(len(rows), dtype=bool)
        for _, begin, end in [span for span in spans if span[0] == clinician]:
            within |= (build.day >= begin) & (rows.start < end)
        mine = rows.clinician == clinician
        extra = mine & within & rows.of_requests(extras(index, setting, clinician))
        for (client, request), late in groups(build.row_client, rows.request, where=extra):
            early = np.flatnonzero(mine & before & (build.row_client == client) & (rows.request != request))
            if client >= 0 and len(early):
                _post_extra(build, setting, late, early)


def _post_extra(build: Build, setting: Setting, late: Ints, early: Ints) -> None:
    """Post that a session of one request does not follow one of the others of its client."""
    rows, total = build.rows, cp_model.LinearExpr.sum
    moments = sorted({int(start) for start in rows.start[late]})
    had: Var | int = 0
    last = -1
    for moment in moments:
        new = [build.row_vars[e] for e in early if last <= rows.start[e] < moment]
        if new:
            held, earlier = build.model.new_bool_var(""), had
            build.model.add(total(new) <= len(new) * held)
            build.model.add(held >= earlier)
            had = held
        last = moment
        for number in late:
            if rows.start[number] == moment and not isinstance(had, int):
                build.model.add(build.row_vars[number] + had <= 1 + build.slack(setting))


def days_before(index: Index, setting: Setting) -> list[tuple[int, int, int]]:
    """Return (clinician, first day, end) of the days before each long leave, as far as they meet the week."""
    return index.once("before_leave", lambda: _spans(index, setting), setting)


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
