"""Encoder of ``group_size``: sizes, people and times of groups."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.gathering import facilitators_due
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.joint import GroupSession, group_sessions
from safeschedule.model.rows import Role, Rows, groups
from safeschedule.model.variables import Var, top
from safeschedule.problem import SessionType, Setting
from safeschedule.problem.clock import DAY


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return what each row breaks by itself: strangers, a start outside slots, a session for one."""
    del setting
    found = np.zeros(len(rows), dtype=np.int64)
    items = np.append(index.items, -1)[rows.request]
    for (item,), members in groups(items, where=rows.in_group):
        found[members] += _strangers(index, rows.take(members), item - len(index.requests))
        found[members] += _outside_slots(index, rows.take(members), item - len(index.requests))
    alone = np.array([_missing_alone(index, kind) for kind in index.request_types], dtype=np.int64)
    return found + np.where(rows.is_session, np.append(alone, 0)[rows.request], 0)


def _missing_alone(index: Index, kind: SessionType) -> int:
    """Return who is missing when one client has a type's session with one clinician."""
    if kind.largest == 1 and kind.facilitators == 1:
        return 0
    return kind.smallest - 1 + facilitators_due(index, kind) - 1


def _strangers(index: Index, rows: Rows, number: int) -> Ints:
    group = index.groups[number]
    named = [index.clinician_number[code] for code in group.facilitators]
    members = [index.client_number[code] for code in group.members]
    seat = rows.role == Role.SEAT
    strange = np.zeros(len(rows), dtype=bool)
    if named:
        strange |= ~seat & ~np.isin(rows.clinician, named)
    if not group.open:
        strange |= seat & ~np.isin(index.request_client[rows.request], members)
    return strange.astype(np.int64)


def _outside_slots(index: Index, rows: Rows, number: int) -> Ints:
    slots = index.groups[number].slots
    first = index.problem.week_start.weekday()
    starts = [(slot.day.number - first) % 7 * DAY + slot.start for slot in slots]
    outside: Bools = (rows.role == Role.LEAD) & ~np.isin(rows.start, starts) & bool(slots)
    return outside.astype(np.int64)


def post(build: Build, setting: Setting) -> None:
    """Post the sizes of each session of a group; on the plan layer, of a half-day's sessions together."""
    rows, variables, when = build.finest
    for session in group_sessions(build.index.items, rows, when):
        _post_session(build, setting, session, variables)


def _post_session(build: Build, setting: Setting, session: GroupSession, variables: list[Var]) -> None:
    kind = build.index.request_types[session.item]
    leads = [variables[m] for m in session.leads]
    seats, others = ([variables[m] for m in members] for members in (session.seats, session.others))
    due = facilitators_due(build.index, kind) - 1
    _least(build, setting, leads, kind.smallest, seats)
    _most(build, setting, leads, kind.largest, seats)
    _least(build, setting, leads, due, others)
    _most(build, setting, leads, due, others)


def _least(build: Build, setting: Setting, leads: list[Var], least: int, held: list[Var]) -> None:
    if least:
        total = cp_model.LinearExpr.sum
        missing = build.slack(setting, least * sum(top(lead) for lead in leads))
        build.model.add(total(held) + missing >= least * total(leads))


def _most(build: Build, setting: Setting, leads: list[Var], most: int, held: list[Var]) -> None:
    reach = sum(top(one) for one in held)
    if reach > most:
        total = cp_model.LinearExpr.sum
        over = build.slack(setting, reach)
        build.model.add(total(held) <= most * total(leads) + over)
