"""Encoder of ``working_hours``: rows inside working periods, week inside contracted minutes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import buffer_rows, recovery_due
from safeschedule.model.rows import MODES, Rows, groups
from safeschedule.model.variables import Terms, Var
from safeschedule.problem import BlockKind, Mode, Setting
from safeschedule.problem.fixed import BUFFERS

NEEDS = (Need.PEOPLE,)


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Count by row how many of its clinicians are outside their periods, or with clients in remote ones."""
    del setting
    owners, people = rows.people()
    slots = rows.start[owners] // index.grid
    outside = rows.end[owners] > index.period_end[people, slots]
    if index.remote_sites or index.period_remote.any():
        seen = rows.is_work & (rows.mode == MODES.index(Mode.IN_PERSON))
        there = np.isin(rows.site, list(index.remote_sites))
        outside = outside | (seen[owners] & (there[owners] | index.period_remote[people, slots]))
    return np.bincount(owners, weights=outside, minlength=len(rows)).astype(np.int64)


def post(build: Build, setting: Setting) -> None:
    """Keep each clinician's week inside the contracted minutes, with the buffers that are due."""
    plan = build.plan
    counted = ~plan.of_block(BlockKind.BREAK, *BUFFERS)
    minutes = plan.minutes + recovery_due(build.index, plan) + preparation_due(build.index, plan)
    owners, people = plan.people()
    weeks = dict(groups(people, where=counted[owners]))
    for number in build.people:
        contracted = build.index.clinicians[number].contracted_minutes
        if contracted is not None:
            # Meetings alone may be too much, also for who has nothing else.
            met = sum(end - start for start, end in build.index.meetings[number])
            entries = owners[weeks.get((number,), np.zeros(0, dtype=np.int64))]
            variables, factors = _buffer_blocks(build, number)
            variables += [build.plan_vars[e] for e in entries]
            factors += minutes[entries].tolist()
            build.limit(setting, variables, contracted - met, factors)


def _buffer_blocks(build: Build, clinician: int) -> Terms:
    """Return what blocks of buffers count: their minutes, less those that are due beside sessions anyway.

    Only pins and given weeks have such blocks; the plan layer leaves them out, which relaxes.
    """
    variables: list[Var] = []
    factors: list[int] = []
    for kind in BUFFERS if build.exact else ():
        blocks = buffer_rows(build.rows, kind).get(clinician, [])
        spans = _due_spans(build, clinician, kind) if blocks else []
        for start, end, row in blocks:
            variables.append(build.row_vars[row])
            factors.append(end - start)
            edges = sorted({start, end, *(m for a, b, _ in spans for m in (a, b) if start < m < end)})
            for low, high in pairwise(edges):
                held = [variable for a, b, variable in spans if a <= low and high <= b]
                if held:
                    # Counted with a session already.
                    twice = build.model.new_bool_var("")
                    build.model.add_implication(twice, build.row_vars[row])
                    build.model.add(cp_model.LinearExpr.sum(held) >= twice)
                    variables.append(twice)
                    factors.append(low - high)
    return variables, factors


def _due_spans(build: Build, clinician: int, kind: BlockKind) -> list[tuple[int, int, Var]]:
    """Return the buffers of a kind that are due beside a clinician's sessions, each with its session."""
    rows, after = build.rows, kind is BlockKind.RECOVERY
    due = recovery_due(build.index, rows) if after else preparation_due(build.index, rows)
    start = rows.end if after else rows.start - due
    sessions = np.flatnonzero((rows.clinician == clinician) & rows.is_work & (due > 0))
    return [(int(start[s]), int(start[s] + due[s]), build.row_vars[s]) for s in sessions]
