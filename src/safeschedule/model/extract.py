"""Chosen rows as a schedule, with rooms and recovery written in."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.encoders.recovery_buffer import buffers
from safeschedule.model.index import Index
from safeschedule.model.rows import KINDS, MODES, Role, Rows, groups
from safeschedule.problem import BlockKind, Mode
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Appointment, Block, Schedule


def extract(index: Index, rows: Rows) -> Schedule:
    """Return the schedule of chosen rows, in the order of time and people."""
    appointments = _appointments(index, rows)
    blocks = [*_blocks(index, rows), *_recovery(index, rows)]
    problem = index.problem
    return Schedule(
        problem=problem.name,
        week_start=problem.week_start,
        time_zone=problem.time_zone,
        appointments=tuple(sorted(appointments, key=lambda a: (a.start, a.clinicians, a.clients))),
        blocks=tuple(sorted(blocks, key=lambda b: (b.start, b.clinicians, b.kind))),
    )


def _appointments(index: Index, rows: Rows) -> list[Appointment]:
    rooms = assign_rooms(index, rows)
    sites = list(index.site_number)
    found = []
    for number in np.flatnonzero(rows.is_session).tolist():
        request = index.requests[int(rows.request[number])]
        site = int(rows.site[number])
        found.append(
            Appointment(
                request=request.id,
                session_type=request.session_type,
                clients=(request.client,),
                clinicians=(index.clinicians[rows.clinician[number]].id,),
                start=moment_at(index.problem.week_start, int(rows.start[number])),
                minutes=int(rows.minutes[number]),
                mode=MODES[rows.mode[number]],
                site=sites[site] if site >= 0 else None,
                room=rooms.get(number),
            )
        )
    return found


def assign_rooms(index: Index, rows: Rows) -> dict[int, str]:
    """Return a room for each in-person session that needs one, earliest session first.

    Sessions of one site and kind never outnumber its rooms, so the first free room always does, but for
    pinned rooms: these are given first, and a session that finds no room beside them goes without a name.
    """
    pinned = {
        (index.request_number[p.request], index.minute(p.start)): p.room
        for p in index.problem.pinned_appointments
        if p.room is not None
    }
    numbers = [n for n in np.flatnonzero(rows.is_session).tolist() if MODES[rows.mode[n]] is Mode.IN_PERSON]
    key = {n: (int(rows.request[n]), int(rows.start[n])) for n in numbers}
    numbers.sort(key=lambda n: (key[n] not in pinned, rows.start[n], n))
    taken: dict[str, list[tuple[int, int]]] = defaultdict(list)
    found: dict[int, str] = {}
    sites = list(index.site_number)
    for n in numbers:
        kind = index.request_types[int(rows.request[n])].room_kind
        site = sites[rows.site[n]] if rows.site[n] >= 0 else None
        if kind is None:
            continue
        fit = [room.id for room in index.problem.rooms if room.kind == kind and room.site == site]
        wanted = pinned.get(key[n])
        for room in fit if wanted is None else [wanted]:
            start, end = int(rows.start[n]), int(rows.end[n])
            if all(end <= a or b <= start for a, b in taken[room]):
                taken[room].append((start, end))
                found[n] = room
                break
    return found


def _blocks(index: Index, rows: Rows) -> list[Block]:
    def block(number: int, people: list[int], supervisor: int) -> Block:
        return Block(
            kind=KINDS[rows.kind[number]],
            clinicians=tuple(index.clinicians[c].id for c in people),
            start=moment_at(index.problem.week_start, int(rows.start[number])),
            minutes=int(rows.minutes[number]),
            supervisor=index.clinicians[supervisor].id if supervisor >= 0 else None,
        )

    blocks = ~rows.is_session
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
    for number in np.flatnonzero(rows.is_session).tolist():
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
