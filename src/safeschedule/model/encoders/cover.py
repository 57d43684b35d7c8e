"""Encoder of ``cover``: who covers absent clinicians has a block for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from safeschedule.model.absences import free_on, worked_on
from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Setting

HELPERS = ("absences",)
NEEDS = (Need.PEOPLE,)


def absences(index: Index, setting: Setting) -> list[tuple[int, int, int | None]]:
    """Return (clinician, date, who takes the cover) of each date of the week on which somebody is absent."""
    return index.once("absences", lambda: _absences(index, setting.whole("minutes")), setting)


def _absences(index: Index, minutes: int) -> list[tuple[int, int, int | None]]:
    return [
        (clinician, day, _cover_of(index, clinician, day, minutes))
        for clinician, leave in enumerate(index.leave)
        if leave
        for day in range(DAYS)
        if worked_on(index, clinician, day) and not free_on(index, clinician, day)
    ]


def _cover_of(index: Index, clinician: int, day: int, minutes: int) -> int | None:
    person = index.clinicians[clinician]
    if person.cover is None:
        return None
    cover = index.clinician_number[person.cover]
    other = index.clinicians[cover]
    fit = other.role == person.role or other.is_supervisor
    there = any(
        index.shifts[cover].day(start) == day and end - start >= minutes for start, end in index.free[cover]
    )
    return cover if fit and there else None


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each cover blocks on the dates of the absences."""
    length = index.up(setting.whole("minutes"))
    for cover, day in sorted(
        {(cover, day) for _, day, cover in absences(index, setting) if cover is not None}
    ):
        begin, end = index.day_edges[cover, day + 1 : day + 3].tolist()
        yield Proposal(BlockKind.COVER, length, cover, span=(begin, end))


def post(build: Build, setting: Setting) -> None:
    """Post the blocks of each cover and date, and what no cover takes."""
    found = absences(build.index, setting)
    if not found:
        return
    plan = build.plan
    # Who supervises a block does not attend it.
    attended = np.isin(plan.role, [Role.SOLO, Role.ATTEND])
    blocks = plan.of_block(BlockKind.COVER) & (plan.minutes >= setting.whole("minutes")) & attended
    held = dict(groups(plan.clinician, build.plan_day, where=blocks))
    due = Counter((cover, day) for _, day, cover in found if cover is not None and cover in build.scope)
    for key, count in sorted(due.items()):
        build.require(setting, [build.plan_vars[m] for m in held.get(key, ())], count)
    untaken = sum(cover is None and clinician in build.scope for clinician, _, cover in found)
    build.require(setting, [], untaken)
