"""Encoder of ``breaks``: a meal break on days with sessions, and pauses in client-facing time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.index import DAY, DAYS, Index, cut
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import groups
from safeschedule.problem import BlockKind, Setting

HELPERS = ("needs_block",)
NEEDS = (Need.PEOPLE, Need.USED, Need.BUSY)


def needs_block(index: Index, setting: Setting, clinician: int, day: int) -> bool:
    """Return whether work leaves no meal break of itself between the rule's clock times."""
    window = (day * DAY + setting.clock("from"), day * DAY + setting.clock("to"))
    off = cut([window], index.free[clinician])
    return all(end - start < setting.whole("meal") for start, end in off)


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician break blocks between the rule's clock times."""
    window = (setting.clock("from"), setting.clock("to"))
    for clinician in range(len(index.clinicians)):
        yield Proposal(BlockKind.BREAK, index.up(setting.whole("meal")), clinician, window=window)


def post(build: Build, setting: Setting) -> None:
    """Post the meal break of each date, and the longest stretch."""
    _post_meals(build, setting)
    if build.exact:
        _post_stretches(build, setting)


def _post_meals(build: Build, setting: Setting) -> None:
    rows = build.rows
    clock = rows.start % DAY
    meals = rows.of_block(BlockKind.BREAK) & (rows.minutes >= setting.whole("meal"))
    meals &= (clock >= setting.clock("from")) & (clock + rows.minutes <= setting.clock("to"))
    offered = dict(groups(rows.clinician, rows.day, where=meals))
    nothing = np.zeros(0, dtype=np.int64)
    for clinician in build.people:
        for day in range(DAYS):
            used = [u for h in (2 * day, 2 * day + 1) if (u := build.used(clinician, h)) is not None]
            if used and needs_block(build.index, setting, clinician, day):
                held = build.at_least(offered.get((clinician, day), nothing))
                missing = build.slack(setting)
                for literal in used:
                    build.model.add(cp_model.LinearExpr.sum(held) + missing >= literal)


def _post_stretches(build: Build, setting: Setting) -> None:
    grid = build.index.grid
    # The number of grid steps with which a stretch is too long, and the free steps that end one.
    window = setting.whole("longest") // grid + 1
    pause = -(-setting.whole("pause") // grid)
    rows = build.rows
    for (clinician, day), members in groups(rows.clinician, rows.day, where=rows.is_work & build.inside):
        first = int(rows.start[members].min()) // grid
        last = int(-(-rows.end[members].max() // grid))
        busy = [build.busy(clinician, slot) for slot in range(first, last)]
        if len(busy) < window:
            continue
        over = build.slack(setting)
        if pause == 1:
            _forbid_windows(build, busy, window, over)
        else:
            _forbid_stretches(build, busy, window, pause, over)
        del day


def _forbid_windows(build: Build, busy: list[Var | None], window: int, over: Var | int) -> None:
    for begin in range(len(busy) - window + 1):
        held = [b for b in busy[begin : begin + window] if b is not None]
        if len(held) == window:
            build.model.add(cp_model.LinearExpr.sum(held) <= window - 1 + over)


def _forbid_stretches(build: Build, busy: list[Var | None], window: int, pause: int, over: Var | int) -> None:
    """Two busy steps too far apart need a pause between; `rests[k]`: steps k to k + pause - 1 are free."""
    rests = []
    for k in range(len(busy)):
        rest = build.model.new_bool_var("")
        for held in busy[k : k + pause]:
            if held is not None:
                build.model.add_implication(held, ~rest)
        rests.append(rest)
    for i, early in enumerate(busy):
        for j in range(i + window - 1, min(i + window + pause - 1, len(busy))):
            late = busy[j]
            if early is not None and late is not None:
                between = cp_model.LinearExpr.sum(rests[i + 1 : j - pause + 1])
                build.model.add(early + late - between <= 1 + over)
