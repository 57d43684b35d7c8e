"""Encoder of ``supervision``: a one-to-one for those to whom it is due."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role
from safeschedule.model.together import supervised, supervisors_of
from safeschedule.problem import BlockKind, Setting

HELPERS = ("needs_of",)
NEEDS = (Need.PEOPLE,)


def needs_of(index: Index, clinician: int) -> list[int]:
    """Return the minutes of each need of supervision that is asked of a clinician, longest first."""
    return [minutes for minutes, _ in supervised(index).get(clinician, ())]


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer one-to-ones of the lengths that are due."""
    del setting
    for clinician in range(len(index.clinicians)):
        for length in sorted({index.up(need) for need in needs_of(index, clinician)}):
            for supervisor in supervisors_of(index, clinician):
                yield Proposal(BlockKind.SUPERVISION, length, clinician, supervisor, Role.PAIR)


def post(build: Build, setting: Setting) -> None:
    """Post the one-to-ones that are due to each clinician: a long enough one, and enough for all needs."""
    plan, total = build.plan, cp_model.LinearExpr
    pairs = plan.of_block(BlockKind.SUPERVISION) & (plan.role == Role.PAIR)
    for clinician in build.people:
        needs = needs_of(build.index, clinician)
        if not needs:
            continue
        mine = pairs & (plan.clinician == clinician) & (plan.minutes >= min(needs))
        held = np.flatnonzero(mine & np.isin(plan.partner, supervisors_of(build.index, clinician)))
        long = [build.plan_vars[m] for m in held if plan.minutes[m] >= max(needs)]
        missing = build.slack(setting)
        build.model.add(total.sum(long) + missing >= 1)
        if len(needs) > 1:
            variables, minutes = [build.plan_vars[m] for m in held], plan.minutes[held].tolist()
            build.model.add(total.weighted_sum(variables, minutes) + sum(needs) * missing >= sum(needs))
