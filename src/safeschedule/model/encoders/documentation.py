"""Encoder of ``documentation``: a block in each half-day with sessions, more after intensive paperwork."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safeschedule.model.build import Build, Var, top
from safeschedule.model.index import Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import groups
from safeschedule.model.slots import case_of, slots_of
from safeschedule.problem import BlockKind, Setting

HELPERS = ("extra_minutes",)
NEEDS = (Need.PEOPLE, Need.USED)

_EXTRA = ("intake", "crisis", "court")


def extra_minutes(index: Index, setting: Setting) -> Ints:
    """Return each session's extra documentation."""
    by_kind = {kind: setting.whole(kind) for kind in _EXTRA}
    return np.array(
        [
            by_kind.get(t.kind, 0) if t.documentation_minutes is None else t.documentation_minutes
            for t in index.request_types
        ],
        dtype=np.int64,
    )


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician blocks of the plain length and of each extra."""
    extra = {*extra_minutes(index, setting).tolist(), case_of(index).paperwork}
    lengths = {setting.whole("minutes"), *extra} - {0}
    for clinician in range(len(index.clinicians)):
        # Where lengths are rounded up, single steps make up sums in between.
        filler = {index.grid} if any(minutes % index.grid for minutes in lengths) else set()
        for length in sorted({index.up(minutes) for minutes in lengths} | filler):
            yield Proposal(BlockKind.DOCUMENTATION, length, clinician)


def post(build: Build, setting: Setting) -> None:
    """Post the half-day's block and the date's sum for each clinician and date with possible sessions."""
    least, plan = setting.whole("minutes"), build.plan
    blocks = plan.of_block(BlockKind.DOCUMENTATION)
    extra = np.append(extra_minutes(build.index, setting), 0)[plan.request]
    slots = slots_of(plan)
    extra[slots] = case_of(build.index).paperwork
    long_blocks = {
        key: [build.plan_vars[m] for m in members]
        for key, members in groups(plan.clinician, build.plan_half, where=blocks & (plan.minutes >= least))
    }
    daily = dict(groups(plan.clinician, build.plan_day, where=blocks))
    sessions = (plan.is_work | slots) & build.plan_inside
    for (clinician, day), members in groups(plan.clinician, build.plan_day, where=sessions):
        used = []
        for half in (2 * day, 2 * day + 1):
            mine = members[slots[members] & (build.plan_half[members] == half)]
            literal = _written(build, build.used(clinician, half), [build.plan_vars[m] for m in mine])
            if literal is not None:
                used.append(literal)
                missing = build.slack(setting, unit=least)
                held = long_blocks.get((clinician, half), [])
                build.model.add(sum(held) + missing >= literal)
        paper = [m for m in members if extra[m]]
        variables: list[Var] = []
        factors: list[int] = []
        for m in daily.get((clinician, day), ()):
            variables.append(build.plan_vars[m])
            factors.append(int(plan.minutes[m]))
        need = [*used, *(build.plan_vars[m] for m in paper)]
        weight = [least] * len(used) + [int(extra[m]) for m in paper]
        # An entry may hold several sessions of its request.
        short = build.slack(setting, most=sum(f * top(v) for f, v in zip(weight, need, strict=True)))
        given = sum(f * v for f, v in zip(factors, variables, strict=True))
        due = sum(f * v for f, v in zip(weight, need, strict=True))
        build.model.add(given + short >= due)


def _written(build: Build, used: Var | None, slots: list[Var]) -> Var | None:
    """Return a literal that is true when a half-day has a session or an urgent slot; ``None``: never."""
    if not slots:
        return used
    literal: Var = build.model.new_bool_var("")
    for slot in slots:
        build.model.add(slot <= top(slot) * literal)
    if used is not None:
        build.model.add_implication(used, literal)
    return literal
