"""Encoder of ``supervision``: a one-to-one for those to whom it is due."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.points import high_acuity, points_of
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role
from safeschedule.problem import BlockKind, Setting

HELPERS = ("need_of", "supervisors_of")
NEEDS = (Need.PEOPLE,)


def need_of(index: Index, setting: Setting, clinician: int) -> int:
    """Return the minutes of supervision that are due to a clinician this week, 0 for none."""
    person = index.clinicians[clinician]
    need = setting.whole("new_minutes") if person.new_in_post else 0
    own = index.panels[clinician]
    total = sum(points_of(index, client) for client in own)
    high = sum(points_of(index, client) for client in own if high_acuity(index, client))
    if total and high >= setting.exact("share") * total:
        need = max(need, setting.whole("high_minutes"))
    return need if index.longest_free(clinician) >= need else 0


def supervisors_of(index: Index, clinician: int) -> list[int]:
    """Return who may supervise a clinician: the named supervisor, or any other one when none is named."""
    person = index.clinicians[clinician]
    if person.supervisor is not None:
        return [index.clinician_number[person.supervisor]]
    return [n for n, other in enumerate(index.clinicians) if other.is_supervisor and n != clinician]


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
        if need and allowed:
            mine = pairs & (plan.clinician == clinician) & (plan.minutes >= need)
            mine &= np.isin(plan.partner, allowed)
            build.require(setting, [build.plan_vars[m] for m in np.flatnonzero(mine)], 1)
