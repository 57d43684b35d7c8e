"""Encoder of ``crisis_reset``: a reset block right before crisis work."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Columns, groups
from safeschedule.problem import BlockKind, Setting

NEEDS = (Need.PEOPLE,)


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician reset blocks."""
    for clinician in range(len(index.clinicians)):
        yield Proposal(BlockKind.RESET, index.up(setting.whole("minutes")), clinician)


def post(build: Build, setting: Setting) -> None:
    """Post a reset that ends where crisis work starts; on the plan layer, as many on the date."""
    rows, plan = build.rows, build.plan
    long_enough = rows.of_block(BlockKind.RESET) & (rows.minutes >= setting.whole("minutes"))
    if build.exact:
        resets = dict(groups(rows.clinician, rows.end, where=long_enough))
        for number in np.flatnonzero(_crisis(build.index, rows) & build.inside):
            at = int(rows.clinician[number]), int(rows.start[number])
            before = [build.row_vars[m] for m in resets.get(at, ())]
            missing = build.slack(setting)
            build.model.add(cp_model.LinearExpr.sum(before) + missing >= build.row_vars[number])
    elif setting.hard:
        held = dict(groups(plan.clinician, build.plan_day, where=plan.of_block(BlockKind.RESET)))
        crisis = _crisis(build.index, plan) & build.plan_inside
        for key, members in groups(plan.clinician, build.plan_day, where=crisis):
            given = [build.plan_vars[m] for m in held.get(key, ())]
            due = [build.plan_vars[m] for m in members]
            build.model.add(cp_model.LinearExpr.sum(given) >= cp_model.LinearExpr.sum(due))


def _crisis(index: Index, rows: Columns) -> Bools:
    return rows.of_requests(index.of_kind("crisis")) | rows.of_block(BlockKind.URGENT_SLOT)
