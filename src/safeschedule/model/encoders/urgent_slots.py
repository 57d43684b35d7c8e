"""Encoder of ``urgent_slots``: slots held open every day, spread over clinicians and the day."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.model.slots import able_on, case_of, due_slots, holders, open_halves, slots_of
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Setting

HELPERS = ("needs", "most_of", "half_need")


def needs(index: Index, setting: Setting) -> list[int]:
    """Return how many slots each date needs."""
    return due_slots(index, setting.whole("clinicians"))


def most_of(index: Index, setting: Setting) -> dict[int, int]:
    """Return the most slots in the week by clinician who may hold any."""
    due = needs(index, setting)
    able = [able_on(index, day) for day in range(DAYS)]
    return {
        c: setting.whole("more")
        + int(sum((Fraction(due[d], len(able[d])) for d in range(DAYS) if c in able[d]), Fraction(0)))
        for c in holders(index)
    }


def _open(index: Index) -> set[int]:
    return set().union(*open_halves(index).values())


def half_need(index: Index, setting: Setting, half: int) -> int:
    """Return how many of the week's slots start in the morning (0) or in the afternoon (1) at least."""
    due, possible = needs(index, setting), _open(index)
    days = sum(1 for day in range(DAYS) if due[day] and 2 * day + half in possible)
    return min(int(setting.exact("half") * sum(due)), days)


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer urgent slots to those who may hold them."""
    del setting
    for clinician in holders(index):
        yield Proposal(BlockKind.URGENT_SLOT, index.up(case_of(index).minutes), clinician)


def post(build: Build, setting: Setting) -> None:
    """Post each date's need, its spread over the day and the week, and each clinician's share."""
    index, plan, variables = build.index, build.plan, build.plan_vars
    most, possible = most_of(index, setting), _open(index)
    slots = slots_of(plan) & (plan.minutes >= case_of(index).minutes) & (plan.role == Role.SOLO)
    slots &= np.isin(plan.clinician, sorted(most))
    for day, need in enumerate(needs(index, setting)):
        build.require(setting, [variables[m] for m in np.flatnonzero(slots & (build.plan_day == day))], need)
        for half in {2 * day, 2 * day + 1} & possible if need > 1 else ():
            entries = np.flatnonzero(slots & (build.plan_half == half))
            build.require(setting, [variables[m] for m in entries], 1)
    for _, members in groups(plan.clinician, build.plan_day, where=slots):
        build.limit(setting, [variables[m] for m in members], 1)
    for (clinician,), members in groups(plan.clinician, where=slots):
        build.limit(setting, [variables[m] for m in members], most[clinician])
    for half in range(2):
        entries = np.flatnonzero(slots & (build.plan_half % 2 == half))
        build.require(setting, [variables[m] for m in entries], half_need(index, setting, half))
