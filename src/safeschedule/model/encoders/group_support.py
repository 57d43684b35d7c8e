"""Encoder of ``group_support``: preparation before and documentation after each group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.index import Bools, Index
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import groups
from safeschedule.problem import BlockKind, Setting


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer preparation and documentation to everyone who may give a session of the kind group."""
    before, after = setting.whole("before"), setting.whole("after")
    for clinician in _facilitators(index):
        if before:
            yield Proposal(BlockKind.GROUP_PREPARATION, index.up(before), clinician)
        if after:
            yield Proposal(BlockKind.DOCUMENTATION, index.up(after), clinician)


def _facilitators(index: Index) -> list[int]:
    of_kind = index.of_kind("group")
    everyone = range(len(index.clinicians))
    if of_kind[: len(index.requests)][~index.of_groups[: len(index.requests)]].any():
        return list(everyone)
    groups_of_kind = [
        group
        for group, is_group in zip(index.groups, of_kind[len(index.requests) :], strict=True)
        if is_group
    ]
    if any(not group.facilitators for group in groups_of_kind):
        return list(everyone)
    named = {code for group in groups_of_kind for code in group.facilitators}
    return [n for n in everyone if index.clinicians[n].id in named]


def post(build: Build, setting: Setting) -> None:
    """Post both blocks around each session of the kind group; on the plan layer, as many on the date."""
    rows = build.rows
    groups_held = rows.of_requests(build.index.of_kind("group")) & build.inside
    if not groups_held.any():
        return
    for kind, minutes, side in (
        (BlockKind.GROUP_PREPARATION, setting.whole("before"), -1),
        (BlockKind.DOCUMENTATION, setting.whole("after"), 1),
    ):
        if minutes and build.exact:
            _post_beside(build, setting, groups_held, kind, minutes, side)
        elif minutes and setting.hard:
            _post_days(build, kind, minutes)


def _post_beside(
    build: Build, setting: Setting, held: Bools, kind: BlockKind, minutes: int, side: int
) -> None:
    """Post a block of a kind within reach of each session: before it (side -1) or after it (1)."""
    rows, within = build.rows, setting.whole("within")
    blocks = rows.of_block(kind) & (rows.minutes >= minutes)
    offered = dict(groups(rows.clinician, rows.day, where=blocks))
    nothing = np.zeros(0, dtype=np.int64)
    sums: dict[tuple[int, int], list[Var]] = {}
    for number in np.flatnonzero(held).tolist():
        clinician, day = int(rows.clinician[number]), int(rows.day[number])
        near = offered.get((clinician, day), nothing)
        if side < 0:
            distance, key = rows.start[number] - rows.end[near], (clinician, int(rows.start[number]))
        else:
            distance, key = rows.start[near] - rows.end[number], (clinician, int(rows.end[number]))
        if key not in sums:
            sums[key] = [build.row_vars[m] for m in near[(distance >= 0) & (distance <= within)]]
        missing = build.slack(setting, unit=minutes)
        total = cp_model.LinearExpr.sum(sums[key])
        build.model.add(total + missing >= build.row_vars[number])


def _post_days(build: Build, kind: BlockKind, minutes: int) -> None:
    """Post one block of the kind on a date with groups: the same may serve two of them."""
    plan = build.plan
    blocks = dict(
        groups(plan.clinician, build.plan_day, where=plan.of_block(kind) & (plan.minutes >= minutes))
    )
    held = plan.of_requests(build.index.of_kind("group")) & build.plan_inside
    for key, members in groups(plan.clinician, build.plan_day, where=held):
        total = cp_model.LinearExpr.sum([build.plan_vars[m] for m in blocks.get(key, ())])
        used = build.any_of(members)
        build.model.add(total >= used)
