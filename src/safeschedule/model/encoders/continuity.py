"""Encoder of ``continuity``: named or own clinician or who stands in, and one clinician for a request."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.model.stand_ins import bound_to, stand_ins
from safeschedule.problem import Setting


def suits(index: Index, setting: Setting) -> Bools:
    """Return by request and clinician whether the request may be with the clinician."""
    return index.once("whose", lambda: _suits(index, setting), setting)


def _suits(index: Index, setting: Setting) -> Bools:
    found = np.ones((len(index.requests), len(index.clinicians)), dtype=bool)
    for number in np.flatnonzero(~index.of_groups[: len(found)]).tolist():
        bound = bound_to(index, number)
        if bound >= 0:
            found[number] = stand_ins(index, setting, number)
            found[number, bound] = True
    return found


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each session row with a clinician who may not have it."""
    found = np.zeros(len(rows), dtype=np.int64)
    numbers = np.flatnonzero(rows.is_session)
    request = rows.request[numbers]
    found[numbers] = ~suits(index, setting)[request, rows.clinician[numbers]]
    return found


def post(build: Build, setting: Setting) -> None:
    """Keep the sessions of one request with one clinician."""
    plan, index = build.plan, build.index
    several: Bools = (index.counts > 1) & ~index.of_groups
    if not several.any():
        return
    chosen = plan.of_requests(several)
    for _, members in groups(plan.request, where=chosen):
        seen = [build.any_of(members[same]) for _, same in groups(plan.clinician[members])]
        build.limit(setting, seen, 1)
