"""Encoder of ``consultation``: everyone attends or hosts a consultation block."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.model.together import consulted
from safeschedule.model.variables import top
from safeschedule.problem import BlockKind, Setting

HELPERS = ("members_of",)
NEEDS = (Need.PEOPLE,)


def members_of(index: Index, setting: Setting) -> list[int]:
    """Return the clinicians of whom consultation is asked this week."""
    del setting
    return list(consulted(index))


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each supervisor blocks to host, and everyone places in the others' blocks."""
    length = index.up(setting.whole("minutes"))
    members = members_of(index, setting)
    for lead in (c for c in members if index.clinicians[c].is_supervisor):
        yield Proposal(BlockKind.CONSULTATION, length, lead, role=Role.HOST)
        for clinician in members:
            if clinician != lead:
                yield Proposal(BlockKind.CONSULTATION, length, clinician, lead, Role.ATTEND)


def post(build: Build, setting: Setting) -> None:
    """Post one block for each clinician and the size of each block."""
    plan, index = build.plan, build.index
    counts = plan.of_block(BlockKind.CONSULTATION) & (plan.minutes >= setting.whole("minutes"))
    leads = np.array([c.is_supervisor for c in index.clinicians], dtype=bool)
    # A seat without a partner is with whoever hosts (in relaxations only).
    valid = np.where(
        plan.role == Role.ATTEND, leads[plan.partner] | (plan.partner < 0), leads[plan.clinician]
    )
    counts &= valid & ((plan.role == Role.ATTEND) | (plan.role == Role.HOST))
    held = {clinician: members for (clinician,), members in groups(plan.clinician, where=counts)}
    for clinician in members_of(index, setting):
        if clinician in build.scope:
            build.require(setting, [build.plan_vars[e] for e in held.get(clinician, ())], 1)
    _limit_size(build, setting)


def _limit_size(build: Build, setting: Setting) -> None:
    """On the plan layer a host's half-day takes the guests of all its blocks together."""
    most = setting.whole("most")
    rows, variables, when = build.finest
    attend = rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.ATTEND) & (rows.partner >= 0)
    host = rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.HOST)
    hosts = {
        k: [variables[m] for m in ms] for k, ms in groups(rows.clinician, rows.minutes, when, where=host)
    }
    for key, members in groups(rows.partner, rows.minutes, when, where=attend):
        guests = [variables[m] for m in members]
        if len(guests) > most:
            # On the plan layer an entry may count several blocks.
            over = build.slack(setting, sum(top(guest) for guest in guests) - most)
            build.model.add(sum(guests) <= most * sum(hosts.get(key, [])) + over)
