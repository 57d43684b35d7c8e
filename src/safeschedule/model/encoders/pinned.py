"""Encoder of ``pinned``: rows that match a pin are chosen."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.need import Need
from safeschedule.model.rows import MODES, Role, Rows
from safeschedule.problem import Mode, PinnedAppointment, PinnedBlock, PinnedGroup, Setting

HELPERS = ("rows_of_pinned_blocks", "group_rows", "appointment_rows", "block_rows")
NEEDS = (Need.PEOPLE,)


def post(build: Build, setting: Setting) -> None:
    """Choose a row for each pin, and for each person of a pinned block."""
    problem = build.index.problem
    for pin in problem.pinned_appointments:
        if build.index.clinician_number[pin.clinician] not in build.scope:
            continue
        build.require(setting, build.at_least(appointment_rows(build.index, build.rows, pin)), 1)
    for group in problem.pinned_groups:
        _keep_group(build, setting, group)
    for block in problem.pinned_blocks:
        kept = build.slack(setting)
        masks = block_rows(build.index, build.rows, block)
        for code, mask in zip(block.clinicians, masks, strict=True):
            if build.index.clinician_number[code] in build.scope:
                build.model.add(sum(build.at_least(mask)) + kept >= 1)
        if block.supervisor is not None and build.exact:
            _keep_out(build, block, np.logical_or.reduce(masks))


def _keep_group(build: Build, setting: Setting, pin: PinnedGroup) -> None:
    if not any(build.index.clinician_number[code] in build.scope for code in pin.clinicians):
        return
    kept = build.slack(setting)
    wanted, others = group_rows(build.index, build.rows, pin)
    for mask in wanted:
        build.model.add(sum(build.at_least(mask)) + kept >= 1)
    if build.exact:
        for number in np.flatnonzero(others):
            build.model.add(build.row_vars[number] <= kept)


def _keep_out(build: Build, block: PinnedBlock, kept: Bools) -> None:
    """Let nobody else join a pinned joint block: its people are pinned too."""
    rows, host = build.rows, build.index.clinician_number[block.supervisor or ""]
    joining = rows.of_block(block.kind) & (rows.role == Role.ATTEND) & (rows.partner == host)
    joining &= (rows.start == build.index.minute(block.start)) & (rows.minutes == block.minutes)
    for number in np.flatnonzero(joining & ~kept):
        build.model.add(build.row_vars[number] == 0)


def group_rows(index: Index, rows: Rows, pin: PinnedGroup) -> tuple[list[Bools], Bools]:
    """Return which rows keep each person of a pinned group session, and the rows of other facilitators."""
    lead, *others = sorted(index.clinician_number[code] for code in pin.clinicians)
    item = len(index.requests) + index.group_number[pin.group]
    asking = {r.client: n for n, r in enumerate(index.requests) if r.group == pin.group}
    then = rows.start == index.minute(pin.start)
    beside = then & (rows.role == Role.CO) & (rows.request == item) & (rows.partner == lead)
    wanted = [then & (rows.role == Role.LEAD) & (rows.request == item) & (rows.clinician == lead)]
    wanted += [beside & (rows.clinician == other) for other in others]
    seats = then & (rows.role == Role.SEAT) & (rows.clinician == lead)
    wanted += [seats & (rows.request == asking.get(client, -1)) for client in pin.clients]
    return wanted, beside & ~np.isin(rows.clinician, others)


def appointment_rows(index: Index, rows: Rows, pin: PinnedAppointment) -> Bools:
    """Return which rows keep a pinned appointment."""
    request = index.request_number[pin.request]
    mask: Bools = rows.request == request
    mask &= rows.clinician == index.clinician_number[pin.clinician]
    mask &= rows.start == index.minute(pin.start)
    if pin.mode is not None:
        mask &= rows.mode == MODES.index(pin.mode)
    if pin.room is not None:
        # Which room it is, is settled when rooms are given out; where it is, here.
        site = index.problem.by_code.rooms[pin.room].site
        mask &= rows.mode == MODES.index(Mode.IN_PERSON)
        mask &= rows.site == (-1 if site is None else index.site_number[site])
    return mask


def rows_of_pinned_blocks(index: Index, rows: Rows) -> Bools:
    """Return which rows keep a pinned block."""
    found = np.zeros(len(rows), dtype=bool)
    for pin in index.problem.pinned_blocks:
        for mask in block_rows(index, rows, pin):
            found |= mask
    return found


def block_rows(index: Index, rows: Rows, pin: PinnedBlock) -> list[Bools]:
    """Return for each person of a pinned block which rows keep it."""
    same = rows.of_block(pin.kind) & (rows.start == index.minute(pin.start)) & (rows.minutes == pin.minutes)
    same &= rows.site == (-1 if pin.site is None else index.site_number[pin.site])
    people = [index.clinician_number[code] for code in pin.clinicians]
    if pin.supervisor is None:
        return [same & (rows.clinician == c) & (rows.role == Role.SOLO) for c in people]
    host = index.clinician_number[pin.supervisor]
    joint = np.isin(rows.role, [Role.ATTEND, Role.PAIR])
    return [same & (rows.clinician == c) & (rows.partner == host) & joint for c in people]
