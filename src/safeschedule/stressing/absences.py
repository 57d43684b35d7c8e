"""A week in which some clinicians are absent on one date: what falls out, and what that alone breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from safeschedule.problem import BlockKind, Kind, Leave, PinnedAppointment, Problem
from safeschedule.problem.clock import moment_at
from safeschedule.problem.rulebook import OFF
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from safeschedule.stressing.worst import Lost


def slots_in_use(problem: Problem) -> Problem:
    """Return the problem without the rules that hold urgent slots open: the cases are what they are for."""
    return problem.with_settings(dict.fromkeys(("urgent_slots", "urgent_rooms"), OFF))


def absent_on(problem: Problem, day: date, absent: Collection[str]) -> Problem:
    """Return the problem with clinicians on leave for a date; what is pinned with them then is no longer."""
    leave = Leave(start=moment_at(day, 0), end=moment_at(day + timedelta(days=1), 0), kind="absent")
    clinicians = tuple(
        c.model_copy(update={"leave": (*c.leave, leave)}) if c.id in absent else c for c in problem.clinicians
    )

    def stays(start: date, people: Collection[str | None]) -> bool:
        return start != day or not set(people) & set(absent)

    def kept(pin: PinnedAppointment) -> bool:
        return stays(pin.start.date(), (pin.clinician,))

    return problem.model_copy(
        update={
            "clinicians": clinicians,
            "pinned_appointments": tuple(p for p in problem.pinned_appointments if kept(p)),
            "pinned_groups": tuple(p for p in problem.pinned_groups if stays(p.start.date(), p.clinicians)),
            "pinned_blocks": tuple(
                p for p in problem.pinned_blocks if stays(p.start.date(), (*p.clinicians, p.supervisor))
            ),
        }
    )


def fallen_out(
    problem: Problem, schedule: Schedule, day: date, absent: Collection[str]
) -> tuple[Schedule, tuple[Lost, ...], tuple[str, ...]]:
    """Return the schedule without what absent clinicians have on a date, and sessions and shared blocks lost.

    Whoever was to be there with them keeps the time as a block of the kind other: it is not given away, for
    what falls out is still due, and who comes to a group has to be met.
    """
    lost = [a for a in schedule.appointments if a.start.date() == day and set(a.clinicians) & set(absent)]
    appointments = tuple(a for a in schedule.appointments if a not in lost)
    kept = [block for a in lost for block in _kept_time(a, a.clinicians, absent)]
    blocks: list[Block] = []
    shared = []
    for block in schedule.blocks:
        people = (*block.clinicians, *([block.supervisor] if block.supervisor else []))
        if block.start.date() != day or not set(people) & set(absent):
            blocks.append(block)
            continue
        there = tuple(code for code in block.clinicians if code not in absent)
        if there and block.supervisor not in absent:
            blocks.append(block.model_copy(update={"clinicians": there}))
            continue
        kept += _kept_time(block, people, absent)
        if len(people) > 1:
            shared.append(_in_words(block))
    left_out = (*schedule.left_out, *(entry for a in lost for entry in _left_out(problem, a, absent)))
    after = schedule.model_copy(
        update={"appointments": appointments, "blocks": (*blocks, *kept), "left_out": left_out}
    )
    return after, _by_acuity(problem, lost), tuple(shared)


def _kept_time(
    activity: Appointment | Block, people: tuple[str, ...], absent: Collection[str]
) -> Iterator[Block]:
    there = tuple(dict.fromkeys(code for code in people if code not in absent))
    if there:
        start, minutes = activity.start, activity.minutes
        yield Block(kind=BlockKind.OTHER, clinicians=there, start=start, minutes=minutes)


def _in_words(block: Block) -> str:
    led = f" with {block.supervisor}" if block.supervisor else ""
    people = f"{', '.join(block.clinicians)}{led}"
    return f"{block.kind.value.replace('_', ' ')} at {block.start:%H:%M} of {people}"


def _left_out(problem: Problem, session: Appointment, absent: Collection[str]) -> Iterator[LeftOut]:
    who = ", ".join(code for code in session.clinicians if code in absent)
    reason = f"{who} is absent on {session.start:%A}."
    if session.request is not None:
        yield LeftOut(request=session.request, rules=("leave",), reason=reason)
    for request in problem.requests:
        if request.group is not None and request.group == session.group and request.client in session.clients:
            yield LeftOut(request=request.id, rules=("leave",), reason=reason)


def _by_acuity(problem: Problem, sessions: list[Appointment]) -> tuple[Lost, ...]:
    """Return sessions that fall out: crisis work first, then by the highest band, then by time."""
    bands = problem.by_code.bands
    band_of = {client.id: bands[client.band] for client in problem.clients}
    crisis = {kind.id for kind in problem.session_types if kind.kind is Kind.CRISIS}
    found = []
    for session in sessions:
        band = max((band_of[client] for client in session.clients), key=lambda band: band.rank)
        lost = Lost(
            session.request,
            session.clients,
            session.session_type,
            session.clinicians,
            session.start,
            band.id,
        )
        found.append(((session.session_type not in crisis, -band.rank, session.start), lost))
    return tuple(lost for _, lost in sorted(found, key=lambda pair: pair[0]))
