"""Chosen rows as a schedule, with rooms, attendants, preparation and recovery written in."""

from __future__ import annotations

from typing import Any

import numpy as np

from safeschedule.model.attendant_names import assign_attendants
from safeschedule.model.index import Index
from safeschedule.model.joint import group_sessions
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import buffers
from safeschedule.model.room_names import assign_rooms
from safeschedule.model.rows import KINDS, MODES, Role, Rows, groups
from safeschedule.problem import BlockKind
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment, Block, Schedule


def extract(index: Index, rows: Rows, before: Schedule | None = None) -> Schedule:
    """Return the schedule of chosen rows, in the order of time and people.

    Sessions that `before` has at the same time and place keep their rooms and attendants, as far as these
    are free.
    """
    appointments = _appointments(index, rows, before)
    blocks = [*_blocks(index, rows), *_recovery(index, rows), *_preparation(index, rows)]
    problem = index.problem
    empty = Schedule(problem=problem.name, week_start=problem.week_start, time_zone=problem.time_zone)
    return empty.holding(appointments, blocks)


def _appointments(index: Index, rows: Rows, before: Schedule | None) -> list[Appointment]:
    then = {} if before is None else _same_before(index, rows, before)
    rooms = assign_rooms(index, rows, {n: a.room for n, a in then.items() if a.room is not None})
    attendants = assign_attendants(
        index, rows, {} if before is None else attendants_before(index, rows, before)
    )
    found = []
    for number in np.flatnonzero(rows.is_session).tolist():
        request = index.requests[int(rows.request[number])]
        found.append(
            Appointment(
                request=request.id,
                session_type=request.session_type,
                clients=(request.client,),
                clinicians=(index.clinicians[rows.clinician[number]].id,),
                room=rooms.get(number),
                attendants=attendants.get(number, ()),
                **_place(index, rows, number),
            )
        )
    for session in group_sessions(index.items, rows, rows.start):
        lead = session.leads[0]
        group = index.groups[session.item - len(index.requests)]
        found.append(
            Appointment(
                group=group.id,
                session_type=group.session_type,
                clients=tuple(sorted(index.requests[int(rows.request[m])].client for m in session.seats)),
                clinicians=tuple(
                    index.clinicians[int(rows.clinician[m])].id for m in (lead, *session.others)
                ),
                room=rooms.get(lead),
                attendants=attendants.get(lead, ()),
                **_place(index, rows, lead),
            )
        )
    return found


def attendants_before(index: Index, rows: Rows, before: Schedule) -> dict[int, tuple[str, ...]]:
    """Return by row number the attendants whom a schedule has in the same session."""
    return {n: given.attendants for n, given in _same_before(index, rows, before).items()}


def _same_before(index: Index, rows: Rows, before: Schedule) -> dict[int, Appointment]:
    """Return by row number the same session of a schedule."""
    known = {(a.group or a.request, a.start, a.site): a for a in before.appointments}
    codes = [*index.request_number, *index.group_number]
    found = {}
    for number in np.flatnonzero(rows.is_appointment).tolist():
        place = _place(index, rows, number)
        same = known.get((codes[int(rows.request[number])], place["start"], place["site"]))
        if same is not None:
            found[number] = same
    return found


def _place(index: Index, rows: Rows, number: int) -> dict[str, Any]:
    site = int(rows.site[number])
    return {
        "start": moment_at(index.problem.week_start, int(rows.start[number])),
        "minutes": int(rows.minutes[number]),
        "mode": MODES[rows.mode[number]],
        "site": list(index.site_number)[site] if site >= 0 else None,
    }


def _blocks(index: Index, rows: Rows) -> list[Block]:
    def block(number: int, people: list[int], supervisor: int) -> Block:
        return Block(
            kind=KINDS[rows.kind[number]],
            clinicians=tuple(index.clinicians[c].id for c in people),
            start=moment_at(index.problem.week_start, int(rows.start[number])),
            minutes=int(rows.minutes[number]),
            supervisor=index.clinicians[supervisor].id if supervisor >= 0 else None,
            site=sites[int(rows.site[number])],
        )

    blocks, sites = rows.is_block, [*index.site_number, None]
    found = [
        block(n, [int(rows.clinician[n])], int(rows.partner[n]))
        for n in np.flatnonzero(blocks & np.isin(rows.role, [Role.SOLO, Role.PAIR])).tolist()
    ]
    attend = blocks & (rows.role == Role.ATTEND)
    for _, members in groups(rows.kind, rows.partner, rows.start, rows.minutes, where=attend):
        people = sorted(rows.clinician[members].tolist())
        found.append(block(int(members[0]), people, int(rows.partner[members[0]])))
    return found


def _recovery(index: Index, rows: Rows) -> list[Block]:
    setting = index.settings.get("recovery_buffer")
    if setting is None:
        return []
    buffer = buffers(index, setting)
    found = []
    for number in np.flatnonzero(rows.is_work).tolist():
        minutes = int(buffer[rows.request[number]])
        if minutes and setting.hard:
            found.append(
                Block(
                    kind=BlockKind.RECOVERY,
                    clinicians=(index.clinicians[rows.clinician[number]].id,),
                    start=moment_at(index.problem.week_start, int(rows.end[number])),
                    minutes=minutes,
                )
            )
    return found


def _preparation(index: Index, rows: Rows) -> list[Block]:
    setting = index.settings.get("preparation")
    if setting is None or not setting.hard:
        return []
    due = preparation_due(index, rows)
    return [
        Block(
            kind=BlockKind.PREPARATION,
            clinicians=(index.clinicians[rows.clinician[number]].id,),
            start=moment_at(index.problem.week_start, int(rows.start[number] - due[number])),
            minutes=int(due[number]),
        )
        for number in np.flatnonzero(due).tolist()
    ]
