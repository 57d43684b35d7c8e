"""What a way in changes: appointments, blocks and the objective, after the verifier has accepted it."""

from __future__ import annotations

from collections import Counter, defaultdict

from safeschedule.errors import DisagreementError
from safeschedule.explaining.unplaced.answers import Move, Overtime, WayIn
from safeschedule.explaining.unplaced.forcing import guarded
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.judging import objectives
from safeschedule.model.index import Index
from safeschedule.model.session_value import value_of
from safeschedule.problem import Problem
from safeschedule.problem.fixed import BUFFERS
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.schedule.serving import served
from safeschedule.verifier import examine


def session_value(index: Index, request: int) -> int:
    """Return what a session of a request is worth to the objective; 0 where the rulebook gives it none."""
    setting = index.settings.get("access")
    return 0 if setting is None or setting.hard else setting.weight * value_of(index, setting, request)


def way_in(
    week: Ground,
    request: str,
    schedule: Schedule,
    scope: str,
    *,
    proven: bool,
    overtime: Overtime | None = None,
    problem: Problem | None = None,
) -> WayIn | None:
    """Return a schedule as a way in for a request; ``None`` when it breaks a soft safety rule further.

    Raises
    ------
    DisagreementError
        The verifier refuses it, or does not find the session.
    """
    given = week.problem if problem is None else problem
    verification = examine(given, schedule)
    lines = [f"verifier: [{f.rule}] {f.sentence}" for f in verification.findings if f.hard]
    before, after = served(week.problem, week.schedule), served(given, schedule)
    if after[request] <= before[request]:
        lines.append(f"{request}: {after[request]} sessions are there, {before[request] + 1} were chosen")
    if lines:
        raise DisagreementError(lines)
    if any(verification.amounts[n] > week.verification.amounts[n] for n in guarded(week.index)):
        return None
    now = {str(tier): parts for tier, parts, _ in objectives(given, verification)}
    then = {str(tier): parts for tier, parts, _ in objectives(week.problem, week.verification)}
    lost = {code: before[code] - after[code] for code in before if after[code] < before[code]}
    won = tuple(code for code in after if code != request and after[code] > before[code])
    new, moves = _differences(week.schedule, schedule)
    gained = _session_won(request, new, moves, schedule, given)
    return WayIn(
        appointment=gained,
        gives_way={c: session_value(week.index, week.index.request_number[c]) for c in sorted(lost)},
        comes_in=won,
        moves=tuple(move for move in moves if move.what != request or move.after != gained),
        blocks_moved=_blocks_moved(week.schedule, schedule),
        change={t: {n: now[t][n] - then[t][n] for n in parts} for t, parts in now.items()},
        overtime=overtime,
        schedule=schedule,
        problem=given,
        scope=scope,
        proven=proven,
    )


def _differences(before: Schedule, after: Schedule) -> tuple[list[Appointment], list[Move]]:
    """Return appointments that are new, and those that moved; rooms are not looked at."""
    there: defaultdict[str, list[Appointment]] = defaultdict(list)
    then: defaultdict[str, list[Appointment]] = defaultdict(list)
    old = Counter(_when(a) for a in before.appointments)
    new = Counter(_when(a) for a in after.appointments)
    for appointment in before.appointments:
        if not new[_when(appointment)]:
            there[_what(appointment)].append(appointment)
    for appointment in after.appointments:
        if not old[_when(appointment)]:
            then[_what(appointment)].append(appointment)
    moves = [Move(w, a, b) for w in there for a, b in zip(there[w], then[w], strict=False)]
    come = [a for w, all_of in then.items() for a in all_of[len(there[w]) :]]
    return come, moves


def _what(appointment: Appointment) -> str:
    return appointment.group or appointment.request or ""


def _when(appointment: Appointment) -> tuple[object, ...]:
    a = appointment
    return (_what(a), a.clinicians, a.start, a.mode, a.site)


def _session_won(
    request: str, new: list[Appointment], moves: list[Move], schedule: Schedule, problem: Problem
) -> Appointment:
    asked = problem.by_code.requests[request]
    every = [*new, *(move.after for move in moves), *schedule.appointments]
    return next(
        a
        for a in every
        if (a.request == request and a.group is None)
        or (a.group is not None and a.group == asked.group and asked.client in a.clients)
    )


def _blocks_moved(before: Schedule, after: Schedule) -> int:
    """Return how many blocks are not where they were; buffers only follow their sessions."""

    def key(block: Block) -> tuple[object, ...]:
        return (block.kind, block.clinicians, block.supervisor, block.start, block.minutes)

    old = Counter(key(b) for b in before.blocks if b.kind not in BUFFERS)
    new = Counter(key(b) for b in after.blocks if b.kind not in BUFFERS)
    return max((old - new).total(), (new - old).total())
