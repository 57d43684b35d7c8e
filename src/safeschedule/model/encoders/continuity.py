"""Encoder of ``continuity``: named or own clinician, and one clinician for a request."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.problem import Setting


def _bound_to(index: Index, request: int) -> int:
    """Return the clinician who has to take a request, or -1."""
    asked = index.requests[request]
    if asked.clinician is not None:
        return index.clinician_number[asked.clinician]
    own = index.clients[index.client_number[asked.client]].clinician
    if own is None:
        return -1
    number = index.clinician_number[own]
    needed = {*asked.skills, *index.types[asked.session_type].skills}
    return number if needed <= set(index.clinicians[number].skills) else -1


def _bound(index: Index) -> Ints:
    return np.array([_bound_to(index, r) for r in range(len(index.requests))], dtype=np.int64)


def suits(index: Index, setting: Setting) -> Bools:
    """Return by request and clinician whether the request may be with the clinician."""
    del setting
    bound = index.once("bound", lambda: _bound(index))
    everyone = np.arange(len(index.clinicians))
    bound = np.where(index.of_groups[: len(bound)], -1, bound)
    table: Bools = (bound[:, None] < 0) | (bound[:, None] == everyone[None, :])
    return table


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each session row with another clinician."""
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
