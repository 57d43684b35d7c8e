"""Encoder of ``supervision``: a one-to-one for those to whom it is due."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role
from safeschedule.model.together import supervised, supervision_due, supervisors_of
from safeschedule.problem import BlockKind, Setting

HELPERS = ("need_of",)
NEEDS = (Need.PEOPLE,)


def need_of(index: Index, setting: Setting, clinician: int) -> int:
    """Return the minutes of supervision that are asked of a clinician this week, 0 for none."""
    return supervision_due(index, setting, clinician) if clinician in supervised(index) else 0


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer one-to-ones of the length that is due."""
    for clinician in range(len(index.clinicians)):
        need = need_of(index, setting, clinician)
        if need:
            for supervisor in supervisors_of(index, clinician):
                yield Proposal(BlockKind.SUPERVISION, index.up(need), clinician, supervisor, Role.PAIR)


def post(build: Build, setting: Setting) -> None:
    """Post one long enough one-to-one for each clinician to whom it is due."""
    plan = build.plan
    pairs = plan.of_block(BlockKind.SUPERVISION) & (plan.role == Role.PAIR)
    for clinician in build.people:
        need = need_of(build.index, setting, clinician)
        allowed = supervisors_of(build.index, clinician)
        if need:
            mine = pairs & (plan.clinician == clinician) & (plan.minutes >= need)
            mine &= np.isin(plan.partner, allowed)
            build.require(setting, [build.plan_vars[m] for m in np.flatnonzero(mine)], 1)
