"""Any schedule as rows, so that a model can be fixed to it."""

from __future__ import annotations

from collections import defaultdict

from safeschedule.model.index import Index
from safeschedule.model.rows import KIND_NUMBER, MODES, Role, Rows, make_rows
from safeschedule.problem import BlockKind, Mode
from safeschedule.schedule import Appointment, Block, Schedule


def represent(index: Index, schedule: Schedule) -> Rows:
    """Return the rows of a schedule whose codes and lengths agree with the problem.

    A joint block that counts for no
    rule (a supervision with several clinicians, a consultation hosted by somebody else) becomes a case
    review: it still holds everyone's time.

    Raises
    ------
    ValueError
        The schedule has something that no row says; the message names it.
    """
    taken: dict[int, int] = defaultdict(int)
    records = []
    for appointment in sorted(schedule.appointments, key=lambda a: a.start):
        if appointment.request is None:
            raise ValueError("an appointment serves no request")
        request = index.request_number[appointment.request]
        if taken[request] >= index.requests[request].count:
            raise ValueError(f"request {appointment.request} has more sessions than its count")
        records.append(_session_record(index, appointment, request))
        taken[request] += 1
    for block in schedule.blocks:
        records += _block_records(index, block)
    if len(set(records)) < len(records):
        raise ValueError("a block or a session of one request is there twice at the same time")
    return make_rows(records)


def _session_record(index: Index, appointment: Appointment, request: int) -> tuple[int, ...]:
    if appointment.room is not None:
        raise ValueError("an appointment names a room; rooms are given out after the model")
    clinician = index.clinician_number[appointment.clinicians[0]]
    in_person = appointment.mode is Mode.IN_PERSON
    site = index.site_number[appointment.site] if in_person and appointment.site is not None else -1
    start, mode = index.minute(appointment.start), MODES.index(appointment.mode)
    return (request, -1, clinician, -1, int(Role.SOLO), start, appointment.minutes, mode, site)


def _block_records(index: Index, block: Block) -> list[tuple[int, ...]]:
    people = [index.clinician_number[code] for code in block.clinicians]
    start = index.minute(block.start)

    def record(kind: BlockKind, clinician: int, partner: int, role: Role) -> tuple[int, ...]:
        return (-1, KIND_NUMBER[kind], clinician, partner, int(role), start, block.minutes, 0, -1)

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
    kind = block.kind if counts else BlockKind.CASE_REVIEW
    return [record(kind, host, -1, Role.HOST), *(record(kind, c, host, Role.ATTEND) for c in people)]
