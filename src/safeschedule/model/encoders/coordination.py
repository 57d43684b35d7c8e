"""Encoder of ``coordination``: blocks on heavy days, weekly minutes, and recurring times."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import groups
from safeschedule.model.together import coordinated, coordination_lengths
from safeschedule.problem import BlockKind, Flag, Setting
from safeschedule.problem.clock import DAY

HELPERS = ("week_need",)
NEEDS = (Need.PEOPLE,)


def week_need(index: Index, setting: Setting, clinician: int) -> int:
    """Return the coordination minutes that a clinician's caseload is asked for in the week."""
    del setting
    return coordinated(index).get(clinician, 0)


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician blocks for a heavy day, for a day's share of the week, and for the whole week."""
    for clinician in range(len(index.clinicians)):
        need = week_need(index, setting, clinician)
        for length in coordination_lengths(index, setting, clinician, need):
            yield Proposal(BlockKind.COORDINATION, length, clinician)


def post(build: Build, setting: Setting) -> None:
    """Post heavy days, the week's minutes and recurring times of each clinician."""
    _post_days(build, setting)
    _post_weeks(build, setting)
    if build.exact:
        _post_times(build, setting)


def _post_days(build: Build, setting: Setting) -> None:
    index, plan = build.index, build.plan
    flagged = np.array([Flag.COORDINATION in client.flags for client in index.clients], dtype=bool)
    if not flagged.any():
        return
    heavy, minutes = setting.whole("heavy"), setting.whole("minutes")
    blocks = plan.of_block(BlockKind.COORDINATION) & (plan.minutes >= minutes)
    held = dict(groups(plan.clinician, build.plan_day, where=blocks))
    single = ~index.of_groups
    sessions = plan.of_requests(np.append(flagged, False)[index.request_client] & single) & build.plan_inside
    for (clinician, day), members in groups(plan.clinician, build.plan_day, where=sessions):
        count = int(build.daily[np.unique(plan.request[members])].sum())
        if count >= heavy:
            missing = build.slack(setting, unit=minutes)
            given = sum(build.plan_vars[m] for m in held.get((clinician, day), ()))
            total = cp_model.LinearExpr.sum([build.plan_vars[m] for m in members])
            build.model.add(total <= heavy - 1 + (count - heavy + 1) * (given + missing))


def _post_weeks(build: Build, setting: Setting) -> None:
    plan = build.plan
    for clinician in build.people:
        entries = np.flatnonzero(plan.of_block(BlockKind.COORDINATION) & (plan.clinician == clinician))
        variables = [build.plan_vars[e] for e in entries]
        need = week_need(build.index, setting, clinician)
        build.require(setting, variables, need, plan.minutes[entries].tolist())


def _post_times(build: Build, setting: Setting) -> None:
    rows = build.rows
    blocks = rows.of_block(BlockKind.COORDINATION)
    late = build.half % 2
    for _, members in groups(rows.clinician, late, where=blocks):
        literals = []
        for _, same in groups(rows.start[members] % DAY):
            literal = build.model.new_bool_var("")
            for m in members[same]:
                build.model.add_implication(build.row_vars[m], literal)
            literals.append(literal)
        build.limit(setting, literals, 1)
