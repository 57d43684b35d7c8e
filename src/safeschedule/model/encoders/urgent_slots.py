"""Encoder of ``urgent_slots``: slots held open every day, spread over clinicians and the day."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import DAY, DAYS, Index
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.problem import BlockKind, Setting

HELPERS = ("needs",)


def needs(index: Index, setting: Setting) -> list[int]:
    """Return how many slots each date needs."""
    at_work = [0] * DAYS
    for spans in index.free:
        for day in {start // DAY for start, _ in spans} | {(end - 1) // DAY for _, end in spans}:
            at_work[day] += 1
    return [-(-count // setting.whole("clinicians")) for count in at_work]


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician urgent slots."""
    for clinician in range(len(index.clinicians)):
        yield Proposal(BlockKind.URGENT_SLOT, index.up(setting.whole("minutes")), clinician)


def post(build: Build, setting: Setting) -> None:
    """Post each date's need, its spread over the day, and each clinician's share."""
    plan, variables = build.plan, build.plan_vars
    slots = plan.of_block(BlockKind.URGENT_SLOT) & (plan.minutes >= setting.whole("minutes"))
    slots &= plan.role == Role.SOLO
    due = needs(build.index, setting)
    for day, need in enumerate(due):
        build.require(setting, [variables[m] for m in np.flatnonzero(slots & (build.plan_day == day))], need)
        if need > 1:
            for half in (2 * day, 2 * day + 1):
                entries = np.flatnonzero(slots & (build.plan_half == half))
                build.require(setting, [variables[m] for m in entries], 1)
    for _, members in groups(plan.clinician, build.plan_day, where=slots):
        build.limit(setting, [variables[m] for m in members], 1)
    at_work = sum(bool(spans) for spans in build.index.free)
    share = -(-sum(due) // max(1, at_work)) + 1
    for _, members in groups(plan.clinician, where=slots):
        build.limit(setting, [variables[m] for m in members], share)
