"""Encoder of ``breaks``: meal breaks by the length of the day, and pauses between stretches of work."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.model.spans import DAYS, cut
from safeschedule.model.stretches import Stretches, stretches_of
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Setting

HELPERS = ("meal_starts", "needs_block", "unbroken")
NEEDS = (Need.PEOPLE, Need.USED)

Span = tuple[int, int]


def _at_work(index: Index, clinician: int, day: int) -> list[Span]:
    """Return the pieces of a date in which a clinician is at work, joined where they touch."""
    # Whatever the clock does: a meal break is needed all the same.
    spans = [(period.start, period.end) for period in index.working_on(clinician, day)]
    joined: list[Span] = []
    for start, end in sorted(cut(spans, list(index.leave[clinician]))):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def unbroken(index: Index, setting: Setting, clinician: int, day: int) -> list[Span]:
    """Return the stretches of a date that are too long without a meal break, as time off duty leaves them."""
    return index.once(
        f"unbroken {clinician} {day}", lambda: _unbroken(index, setting, clinician, day), setting
    )


def _unbroken(index: Index, setting: Setting, clinician: int, day: int) -> list[Span]:
    work = _at_work(index, clinician, day)
    if not work or work[-1][1] - work[0][0] < setting.whole("day"):
        return []
    off = cut([(work[0][0], work[-1][1])], work)
    meals = [(start, end) for start, end in off if end - start >= setting.whole("meal")]
    rest = cut([(work[0][0], work[-1][1])], meals)
    return [(start, end) for start, end in rest if end - start > setting.whole("meal_stretch")]


def needs_block(index: Index, setting: Setting, clinician: int, day: int) -> bool:
    """Return whether time off duty leaves a date without the meal breaks that it needs."""
    return bool(unbroken(index, setting, clinician, day))


def meal_starts(index: Index, setting: Setting, gap: Span) -> Span:
    """Return the earliest and the latest start of a meal break in a stretch: of the one that is enough."""
    most, minutes = setting.whole("meal_stretch"), index.up(setting.whole("meal"))
    low, high = max(gap[0], gap[1] - most - minutes), min(gap[1] - minutes, gap[0] + most)
    # Where one is not enough, any may be one of several.
    return (low, high) if low <= high else (gap[0], max(gap[0], gap[1] - minutes))


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician break blocks where a date needs a meal break."""
    minutes = index.up(setting.whole("meal"))
    for clinician in range(len(index.clinicians)):
        for day in range(-1, DAYS):
            for gap in unbroken(index, setting, clinician, day):
                low, high = meal_starts(index, setting, gap)
                yield Proposal(BlockKind.BREAK, minutes, clinician, span=(low, high + 1))


def post(build: Build, setting: Setting) -> None:
    """Post the meal breaks of each date, and the longest stretches."""
    _post_meals(build, setting)
    if build.exact:
        for stretches in stretches_of(build, setting):
            _post_work(build, setting, stretches)
            _post_clients(build, setting, stretches)


# Meals.


def _post_meals(build: Build, setting: Setting) -> None:
    rows, meal = build.rows, setting.whole("meal")
    meals = rows.of_block(BlockKind.BREAK) & (rows.minutes >= meal) & (rows.role != Role.HOST)
    offered = dict(groups(rows.clinician, build.day, where=meals))
    nothing = np.zeros(0, dtype=np.int64)
    for clinician in build.people:
        for day in range(-1, DAYS):
            used = [u for h in (2 * day, 2 * day + 1) if (u := build.used(clinician, h)) is not None]
            gaps = unbroken(build.index, setting, clinician, day) if used else []
            if gaps:
                own = offered.get((clinician, day), nothing)
                work = _at_work(build.index, clinician, day)
                inside = np.array(
                    [any(a <= rows.start[m] and rows.end[m] <= b for a, b in work) for m in own], dtype=bool
                )
                _post_meals_of(build, setting, used, gaps, own[inside] if len(own) else own)


def _post_meals_of(build: Build, setting: Setting, used: list[Var], gaps: list[Span], own: Ints) -> None:
    """Post for one date that a meal break begins before a stretch from any start or break is too long."""
    rows, most, total = build.rows, setting.whole("meal_stretch"), cp_model.LinearExpr.sum
    missing = build.slack(setting)
    for start, end in gaps:
        mine = own[(rows.start[own] >= start) & (rows.end[own] <= end)]
        first, last = mine[rows.start[mine] <= start + most], mine[rows.end[mine] >= end - most]
        for held in (build.at_least(first), build.at_least(last)):
            for literal in used:
                build.model.add(total(held) + missing >= literal)
        if not build.exact:
            continue
        for row in mine[rows.end[mine] < end - most].tolist():
            begin = int(rows.end[row])
            following = mine[(rows.start[mine] >= begin) & (rows.start[mine] <= begin + most)]
            held = [build.row_vars[m] for m in following]
            for literal in used:
                build.model.add(total(held) + missing >= literal + build.row_vars[row] - 1)


# Stretches.


def _post_work(build: Build, setting: Setting, found: Stretches) -> None:
    """Post that between any two steps too far apart, one is free or a pause lies between."""
    most, pause, over = setting.whole("work_stretch"), setting.whole("pause"), build.slack(setting)
    for i, (start, _) in enumerate(found.cells):
        late = next((j for j in range(i, len(found.cells)) if found.cells[j][1] > start + most), None)
        if late is None:
            break
        for j in range(late, len(found.cells)):
            # Beyond that, some step before is at work, or there is a pause.
            if found.cells[j][0] >= found.cells[late][0] + pause and j > late:
                break
            held = [found.free[i], found.free[j], *found.rests_between(i, j)]
            if any(literal is True for literal in held):
                continue
            literals = [literal for literal in held if not isinstance(literal, bool)]
            build.model.add_bool_or([~found.used, *literals, *([] if isinstance(over, int) else [over])])


def _post_clients(build: Build, setting: Setting, found: Stretches) -> None:
    """Post the most time with clients between two pauses, counted up from step to step."""
    most = setting.whole("longest")
    ever = found.client_minutes()
    if sum(ever) <= most:
        return
    top, over = sum(ever), build.slack(setting)
    before: Var | int = 0
    for k, minutes in enumerate(ever):
        rests = found.rest_ends(k)
        if any(rest is True for rest in rests):
            before = 0
        client = found.clients[k]
        if client is None and (not rests or isinstance(before, int)):
            continue
        count, own = build.model.new_int_var(0, top, ""), 0 if client is None else minutes * client
        ended = cp_model.LinearExpr.sum([rest for rest in rests if not isinstance(rest, bool)])
        build.model.add(count >= before + own - top * ended)
        build.model.add(count >= own)
        build.model.add(count <= most + (top - most) * (over + 1 - found.used))
        before = count
