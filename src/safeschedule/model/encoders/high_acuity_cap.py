"""Encoder of ``high_acuity_cap``: new high-acuity clients inside what the cap leaves."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.need import Need
from safeschedule.model.points import high_acuity
from safeschedule.problem import Setting

HELPERS = ("headroom",)
NEEDS = (Need.PEOPLE, Need.JOINING)


def headroom(index: Index, setting: Setting, clinician: int) -> int:
    """Return how many new high-acuity clients the cap leaves, at least 0."""
    person = index.clinicians[clinician]
    cap = person.high_acuity_cap
    if cap is None:
        cap = int(setting.by_role("clients", person.role) * person.fte)
    own = sum(high_acuity(index, client) for client in index.panels[clinician])
    return max(0, cap - own)


def suits(index: Index, setting: Setting) -> Bools:
    """Return by request and clinician whether the cap leaves room for a new client."""
    asking = [client.clinician is None and high_acuity(index, client) for client in index.clients]
    left = np.array([headroom(index, setting, c) for c in range(len(index.clinicians))], dtype=np.int64)
    table: Bools = ~np.array(asking, dtype=bool)[index.asking_client][:, None] | (left > 0)[None, :]
    return table


def post(build: Build, setting: Setting) -> None:
    """Post the new high-acuity clients of each clinician."""
    index = build.index
    high = [high_acuity(index, client) for client in index.clients]
    for clinician in build.people:
        found = [literal for client, literal in build.joining(clinician).items() if high[client]]
        build.limit(setting, found, headroom(index, setting, clinician))
