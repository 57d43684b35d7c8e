"""Encoder of ``caseload_cap``: points of new clients inside what the cap leaves."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.need import Need
from safeschedule.model.points import caseload_points, new_points, points_of
from safeschedule.problem import Setting

HELPERS = ("headroom",)
NEEDS = (Need.PEOPLE, Need.JOINING)


def headroom(index: Index, setting: Setting, clinician: int) -> int:
    """Return the hundredths of a point that the cap leaves for new clients, at least 0."""
    person = index.clinicians[clinician]
    cap = person.caseload_cap
    if cap is None:
        cap = setting.by_role("points", person.role) * person.fte
    return max(0, int(cap * Decimal(100)) - caseload_points(index, clinician))


def suits(index: Index, setting: Setting) -> Bools:
    """Return by request and clinician whether the cap leaves points for a new client."""
    points = np.array([points_of(index, client) for client in index.clients], dtype=np.int64)
    points[[client.clinician is not None for client in index.clients]] = 0
    left = np.array([headroom(index, setting, c) for c in range(len(index.clinicians))], dtype=np.int64)
    table: Bools = points[index.asking_client][:, None] <= left[None, :]
    return table


def post(build: Build, setting: Setting) -> None:
    """Post the points of new clients of each clinician."""
    for clinician in build.people:
        variables, points = new_points(build, clinician)
        build.limit(setting, variables, headroom(build.index, setting, clinician), points)
