"""Answers of the model as schedules, judged by the verifier."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import numpy as np

from safeschedule.errors import DisagreementError
from safeschedule.model.extract import extract
from safeschedule.model.rows import KINDS, Rows
from safeschedule.problem import Problem
from safeschedule.problem.clock import moment_at
from safeschedule.problem.fixed import BUFFERS
from safeschedule.problem.rulebook import OFF
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from safeschedule.stressing.absences import absent_on, fallen_out, slots_in_use
from safeschedule.stressing.diaries import Diaries, UrgentCapacity
from safeschedule.stressing.urgent import Arrival, Urgent, with_cases
from safeschedule.stressing.worst import Absence, WorstCase
from safeschedule.verifier import examine
from safeschedule.verifier.finding import Finding


def check_able(
    problem: Problem,
    schedule: Schedule,
    urgent: Urgent,
    diaries: Diaries,
    arrival: Arrival,
    able: Mapping[int, UrgentCapacity],
) -> None:
    """Let the verifier look at what each clinician can take, all of it at once and rooms left aside.

    Raises
    ------
    DisagreementError
        It finds a hard rule broken.
    """
    count = sum(answer.least for answer in able.values())
    if not count:
        return
    cases = with_cases(problem, urgent, [(arrival, count)])
    wide = slots_in_use(cases.with_settings({"room_capacity": OFF}))
    amended = schedule
    for answer in able.values():
        amended = _moved(diaries, amended, answer)
    rows = diaries.rows.take(np.concatenate([answer.cases for answer in able.values()]))
    sessions = [
        session.model_copy(update={"room": None}) for session in extract(diaries.index, rows).appointments
    ]
    codes = [request.id for request in wide.requests[len(problem.requests) :]]
    amended = _with(amended, _renamed(sessions, codes), _buffers(diaries, rows))
    _require([f for f in examine(wide, amended).findings if f.hard], [])


def worst_case(
    problem: Problem,
    schedule: Schedule,
    urgent: Urgent,
    diaries: Diaries,
    arrival: Arrival,
    absent: Collection[int],
    answer: UrgentCapacity,
) -> WorstCase:
    """Return the case with its schedule, after the verifier has looked at it.

    Raises
    ------
    DisagreementError
        The verifier finds more against it than the absences do by themselves.
    """
    who = tuple(diaries.index.clinicians[c].id for c in sorted(absent))
    before = absent_on(problem, arrival.day, who)
    changed = slots_in_use(with_cases(before, urgent, [(arrival, diaries.count)]))
    codes = [request.id for request in changed.requests[len(problem.requests) :]]
    fallen, lost, shared = fallen_out(problem, schedule, arrival.day, who)
    alone = [f for f in examine(changed, fallen).findings if f.hard]

    amended = _moved(diaries, fallen, answer)
    chosen = diaries.without(arrival, sorted(absent))
    chosen[answer.cases] = True
    roomed = extract(diaries.index, diaries.rows.take(np.flatnonzero(chosen)), schedule).appointments
    made_up = {request.id for request in diaries.problem.requests[len(problem.requests) :]}
    sessions = _renamed([a for a in roomed if a.request in made_up], codes)
    cases = diaries.rows.take(answer.cases)
    amended = _with(_in_rooms(amended, roomed), sessions, _buffers(diaries, cases))
    without_place = codes[len(sessions) :]
    told = tuple(
        LeftOut(request=code, reason="Nobody who is there has time and a room for it.")
        for code in without_place
    )
    amended = amended.model_copy(update={"left_out": (*amended.left_out, *told)})
    after = examine(changed, amended)
    _require([f for f in after.findings if f.hard], alone)
    return WorstCase(
        day=arrival.day,
        afternoon=arrival.afternoon,
        absent=who,
        placed=tuple(codes[: len(sessions)]),
        without_place=tuple(without_place),
        absence=Absence(lost, shared, tuple(alone)),
        problem=changed,
        schedule=amended,
    )


def _require(found: Sequence[Finding], allowed: Sequence[Finding]) -> None:
    """Raise when findings are worse than those allowed.

    Raises
    ------
    DisagreementError
        With each finding that is not allowed, or not so much of it.
    """
    amounts: dict[tuple[object, ...], int] = {}
    for finding in allowed:
        key = _key(finding)
        amounts[key] = amounts.get(key, 0) + finding.amount
    lines = []
    for finding in found:
        amounts[_key(finding)] = amounts.get(_key(finding), 0) - finding.amount
        if amounts[_key(finding)] < 0:
            lines.append(f"verifier: [{finding.rule}] {finding.sentence}")
    if lines:
        raise DisagreementError([*lines, "model: the urgent cases fit"])


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.who, finding.when


def _moved(diaries: Diaries, schedule: Schedule, answer: UrgentCapacity) -> Schedule:
    """Return the schedule with blocks moved as an answer has it."""
    index, rows = diaries.index, diaries.rows
    gone = {
        (
            KINDS[rows.kind[n]],
            index.clinicians[rows.clinician[n]].id,
            _start(diaries, n),
            int(rows.minutes[n]),
        )
        for n in answer.out.tolist()
        if rows.kind[n] >= 0
    }
    blocks = []
    for block in schedule.blocks:
        if block.supervisor is None:
            stay = tuple(
                c for c in block.clinicians if (block.kind, c, block.start, block.minutes) not in gone
            )
            if not stay:
                continue
            block = block.model_copy(update={"clinicians": stay}) if stay != block.clinicians else block
        blocks.append(block)
    new = extract(index, rows.take(answer.into)).blocks
    return schedule.model_copy(update={"blocks": (*blocks, *new)})


def _start(diaries: Diaries, number: int) -> datetime:
    return moment_at(diaries.problem.week_start, int(diaries.rows.start[number]))


def _buffers(diaries: Diaries, cases: Rows) -> tuple[Block, ...]:
    return tuple(b for b in extract(diaries.index, cases).blocks if b.kind in BUFFERS)


def _renamed(sessions: Sequence[Appointment], codes: Sequence[str]) -> list[Appointment]:
    """Return sessions of cases, in the order of time, as those of the first of other cases; all are alike."""
    ordered = sorted(sessions, key=lambda a: (a.start, a.clinicians))
    return [
        session.model_copy(update={"request": code, "clients": (code,)})
        for session, code in zip(ordered, codes, strict=False)
    ]


def _in_rooms(schedule: Schedule, roomed: Sequence[Appointment]) -> Schedule:
    """Return the schedule with the rooms that its sessions have among others."""
    rooms = {(a.request, a.group, a.start): a.room for a in roomed}
    appointments = tuple(
        a.model_copy(update={"room": rooms.get((a.request, a.group, a.start), a.room)})
        for a in schedule.appointments
    )
    return schedule.model_copy(update={"appointments": appointments})


def _with(schedule: Schedule, sessions: Sequence[Appointment], blocks: Sequence[Block]) -> Schedule:
    """Return the schedule with more sessions and blocks, in the order of time and people."""
    return schedule.holding((*schedule.appointments, *sessions), (*schedule.blocks, *blocks))
