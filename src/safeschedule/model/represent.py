"""Any schedule as rows, so that a model can be fixed to it."""

from __future__ import annotations

from collections import Counter

from safeschedule.model.index import Index
from safeschedule.model.rows import KIND_NUMBER, MODES, Role, Rows, make_rows
from safeschedule.problem import BlockKind, Mode
from safeschedule.schedule import Appointment, Block, Schedule


def represent(index: Index, schedule: Schedule) -> Rows:
    """Return the rows of a schedule whose codes and lengths agree with the problem.

    A joint block that counts for no rule as what it is called (a supervision with several clinicians, a
    consultation hosted by somebody else) becomes one of the kind other: it still holds everyone's time.

    Raises
    ------
    ValueError
        The schedule has something that no row says; the message names it.
    """
    records: list[tuple[int, ...]] = []
    for appointment in sorted(schedule.appointments, key=lambda a: a.start):
        if appointment.group is not None:
            records += group_records(index, appointment)
        elif appointment.request is None:
            raise ValueError("an appointment serves no request")
        else:
            records.append(_session_record(index, appointment, index.request_number[appointment.request]))
    _require_counts(index, records)
    for block in schedule.blocks:
        records += _block_records(index, block)
    if len(set(records)) < len(records):
        raise ValueError("a block or a session of one request is there twice at the same time")
    return make_rows(records)


def _require_counts(index: Index, records: list[tuple[int, ...]]) -> None:
    held = Counter(record[0] for record in records if record[4] != Role.CO)
    for number, count in enumerate(index.counts.tolist()):
        if held[number] > count:
            name = [*index.request_number, *index.group_number][number]
            raise ValueError(f"{name} has more sessions than its count")


def _session_record(index: Index, appointment: Appointment, request: int) -> tuple[int, ...]:
    if len(appointment.clinicians) > 1 or len(appointment.clients) > 1:
        raise ValueError("several people are in a session that is no group's")
    clinician = index.clinician_number[appointment.clinicians[0]]
    return (request, -1, clinician, -1, int(Role.SOLO), *_place(index, appointment))


def group_records(index: Index, appointment: Appointment) -> list[tuple[int, ...]]:
    """Return the rows of a group's session; the first of its facilitators, in the problem's order, leads it.

    Raises
    ------
    ValueError
        A client has not asked for the group, somebody is named twice, or the appointment names a room.
    """
    asked = {
        request.client: n for n, request in enumerate(index.requests) if request.group == appointment.group
    }
    strangers = [client for client in appointment.clients if client not in asked]
    if strangers:
        raise ValueError(f"{strangers[0]} has not asked for the group {appointment.group}")
    if any(len(set(codes)) < len(codes) for codes in (appointment.clinicians, appointment.clients)):
        raise ValueError("a session of a group names somebody more than once")
    place = _place(index, appointment)
    lead, *others = sorted(index.clinician_number[code] for code in appointment.clinicians)
    item = len(index.requests) + index.group_number[appointment.group or ""]
    return [
        (item, -1, lead, -1, int(Role.LEAD), *place),
        *((item, -1, other, lead, int(Role.CO), *place) for other in others),
        *((asked[client], -1, lead, -1, int(Role.SEAT), *place) for client in appointment.clients),
    ]


def _place(index: Index, appointment: Appointment) -> tuple[int, int, int, int]:
    if appointment.room is not None:
        raise ValueError("an appointment names a room; rooms are given out after the model")
    in_person = appointment.mode is Mode.IN_PERSON
    site = index.site_number[appointment.site] if in_person and appointment.site is not None else -1
    return index.minute(appointment.start), appointment.minutes, MODES.index(appointment.mode), site


def _block_records(index: Index, block: Block) -> list[tuple[int, ...]]:
    people = [index.clinician_number[code] for code in block.clinicians]
    start = index.minute(block.start)
    site = -1 if block.site is None else index.site_number[block.site]

    def record(kind: BlockKind, clinician: int, partner: int, role: Role) -> tuple[int, ...]:
        return (-1, KIND_NUMBER[kind], clinician, partner, int(role), start, block.minutes, 0, site)

    lead = index.clinicians[index.clinician_number[block.supervisor]] if block.supervisor else None
    staffed = lead is not None and lead.is_supervisor
    if block.kind is BlockKind.CONSULTATION and not staffed and len(people) > 1:
        raise ValueError("a joint consultation has no supervisor")
    if block.supervisor in block.clinicians or (block.kind is BlockKind.URGENT_SLOT and len(people) > 1):
        raise ValueError(
            "a block has its supervisor among its clinicians, or an urgent slot several clinicians"
        )
    if block.supervisor is None:
        return [record(block.kind, c, -1, Role.SOLO) for c in people]
    host = index.clinician_number[block.supervisor]
    if block.kind is BlockKind.SUPERVISION and len(people) == 1:
        return [record(block.kind, people[0], host, Role.PAIR)]
    counts = block.kind is not BlockKind.SUPERVISION and (staffed or block.kind is not BlockKind.CONSULTATION)
    kind = block.kind if counts else BlockKind.OTHER
    return [record(kind, host, -1, Role.HOST), *(record(kind, c, host, Role.ATTEND) for c in people)]
