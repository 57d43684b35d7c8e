"""Encoder of ``group_support``: preparation before and documentation after each group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Columns, groups
from safeschedule.problem import BlockKind, Setting

NEEDS = (Need.PEOPLE,)


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
        if not minutes or not (build.exact or setting.hard):
            continue
        asking = groups_held if side > 0 else groups_held & ~_prepared_by_type(build, rows)
        near = _near(build, setting, asking, (kind, minutes, side))
        if build.exact:
            _post_beside(build, setting, near, minutes)
        else:
            _post_days(build, kind, minutes, side)
            _forbid(
                build, np.array([number for number, blocks in near.items() if not len(blocks)], dtype=int)
            )


def _prepared_by_type(build: Build, rows: Columns) -> Bools:
    """Return which rows or entries are of a type that states its own preparation."""
    own = np.array([t.preparation_minutes is not None for t in build.index.request_types], dtype=bool)
    return rows.of_requests(own)


def _near(build: Build, setting: Setting, held: Bools, wanted: tuple[BlockKind, int, int]) -> dict[int, Ints]:
    """Return by row of a session: the rows of blocks within reach before it (side -1) or after it (1)."""
    rows, within = build.rows, setting.whole("within")
    kind, minutes, side = wanted
    blocks = rows.of_block(kind) & (rows.minutes >= minutes)
    offered = dict(groups(rows.clinician, build.day, where=blocks))
    nothing = np.zeros(0, dtype=np.int64)
    found: dict[int, Ints] = {}
    known: dict[tuple[int, int], Ints] = {}
    edge = rows.start if side < 0 else rows.end
    for number in np.flatnonzero(held).tolist():
        key = (int(rows.clinician[number]), int(edge[number]))
        if key not in known:
            there = offered.get((key[0], int(build.day[number])), nothing)
            distance = key[1] - rows.end[there] if side < 0 else rows.start[there] - key[1]
            known[key] = there[(distance >= 0) & (distance <= within)]
        found[number] = known[key]
    return found


def _post_beside(build: Build, setting: Setting, near: dict[int, Ints], minutes: int) -> None:
    """Post a block within reach of each session."""
    for number, blocks in near.items():
        missing = build.slack(setting, unit=minutes)
        total = cp_model.LinearExpr.sum([build.row_vars[m] for m in blocks])
        build.model.add(total + missing >= build.row_vars[number])


def _forbid(build: Build, alone: Ints) -> None:
    """Post on the plan layer: no session where all rows of its half-day are without a block in reach."""
    for (plan,), members in groups(build.plan_of_row[alone]):
        if len(members) == build.plan_sizes[plan]:
            build.model.add(build.plan_vars[plan] == 0)


def _post_days(build: Build, kind: BlockKind, minutes: int, side: int) -> None:
    """Post one block of the kind on a date with groups: the same may serve two of them."""
    plan = build.plan
    blocks = dict(
        groups(plan.clinician, build.plan_day, where=plan.of_block(kind) & (plan.minutes >= minutes))
    )
    held = plan.of_requests(build.index.of_kind("group")) & build.plan_inside
    if side < 0:
        held &= ~_prepared_by_type(build, plan)
    for key, members in groups(plan.clinician, build.plan_day, where=held):
        total = cp_model.LinearExpr.sum([build.plan_vars[m] for m in blocks.get(key, ())])
        used = build.any_of(members)
        build.model.add(total >= used)
