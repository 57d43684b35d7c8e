"""Encoder of ``response_reserve``: time kept free for volatile clients."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.problem import BlockKind, Flag, Setting
from safeschedule.problem.clock import DAY

HELPERS = ("week_need",)
NEEDS = (Need.PEOPLE,)


def week_need(index: Index, setting: Setting, clinician: int) -> int:
    """Return the minutes of reserve that a clinician's caseload asks for in the week."""
    volatile = sum(Flag.VOLATILE in client.flags for client in index.panels[clinician])
    need = setting.whole("per_client") * volatile
    pieces = (end - start for start, end in index.ahead[clinician])
    return need if sum(m for m in pieces if m >= setting.whole("piece")) >= need else 0


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer blocks of the shortest length, for a day's share of the need, and for all of it."""
    piece = setting.whole("piece")
    for clinician in range(len(index.clinicians)):
        need = week_need(index, setting, clinician)
        if need:
            days = len({start // DAY for start, _ in index.free[clinician]})
            share = -(-need // max(1, min(days, 5)))
            for length in sorted({index.up(max(piece, minutes)) for minutes in (piece, share, need)}):
                yield Proposal(BlockKind.RESERVE, length, clinician)


def post(build: Build, setting: Setting) -> None:
    """Post the week's minutes of each clinician."""
    plan = build.plan
    # Who supervises a block does not attend it.
    attended = np.isin(plan.role, [Role.SOLO, Role.ATTEND])
    blocks = plan.of_block(BlockKind.RESERVE) & (plan.minutes >= setting.whole("piece")) & attended
    held = {clinician: members for (clinician,), members in groups(plan.clinician, where=blocks)}
    nothing = np.zeros(0, dtype=np.int64)
    for clinician in build.people:
        need = week_need(build.index, setting, clinician)
        if need:
            mine = held.get(clinician, nothing)
            build.require(setting, [build.plan_vars[m] for m in mine], need, plan.minutes[mine].tolist())
