"""What each clinician carries in a week."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from safeschedule.problem import BlockKind, Client, Clinician, Flag, Kind, Problem
from safeschedule.problem.clock import DAY, minutes_after
from safeschedule.schedule import Appointment, Schedule
from safeschedule.verifier.intensity import high_of

_WEEK = 7 * DAY
Minutes = npt.NDArray[np.bool_]
"""One flag for each wall-clock minute of the week."""


@dataclass(frozen=True)
class LoadRow:
    """The load of one clinician.

    Parameters
    ----------
    clinician, role, fte
        As in the problem.
    sessions, high_sessions
        Sessions in the schedule, and those of high intensity.
    target
        Sessions of single clients that are meant: the clinician's target, less what groups count (TC).
    client_minutes, high_minutes
        Minutes of the week in a session, and in one of high intensity; overlaps count once.
    points, cap
        Caseload points with the new clients of the week, and the most by the rulebook.
    protected
        Minutes of protected blocks by kind, attended or led.
    working_minutes
        Minutes inside the working periods and outside leave.
    utilisation
        Minutes in sessions, blocks and meetings as a share of the working minutes, where there are any.
    """

    clinician: str
    role: str
    fte: Decimal
    sessions: int
    high_sessions: int
    target: int | None
    client_minutes: int
    high_minutes: int
    points: Decimal
    cap: Decimal
    protected: dict[BlockKind, int]
    working_minutes: int
    utilisation: float | None

    @property
    def protected_minutes(self) -> int:
        """Protected minutes of all kinds."""
        return sum(self.protected.values())


def load(problem: Problem, schedule: Schedule) -> tuple[LoadRow, ...]:
    """Return the load of every clinician, in the order of the problem."""
    is_high = high_of(problem)
    return tuple(_row(problem, schedule, clinician, is_high) for clinician in problem.clinicians)


def _row(
    problem: Problem, schedule: Schedule, clinician: Clinician, is_high: Callable[[Appointment], bool]
) -> LoadRow:
    who = clinician.id
    sessions = [item for item in schedule.appointments if who in item.clinicians]
    high = [session for session in sessions if is_high(session)]
    blocks = [b for b in schedule.blocks if who in b.clinicians or who == b.supervisor]
    meetings = [meeting for meeting in problem.meetings if who in meeting.clinicians]
    protected: dict[BlockKind, int] = {}
    for block in blocks:
        protected[block.kind] = protected.get(block.kind, 0) + block.minutes
    client = _minutes(problem, ((item.start, item.minutes) for item in sessions))
    spans = [(block.start, block.minutes) for block in blocks]
    others = _minutes(problem, [*spans, *((meeting.start, meeting.minutes) for meeting in meetings)])
    working = _working(problem, clinician)
    available = int(working.sum())
    return LoadRow(
        clinician=who,
        role=clinician.role,
        fte=clinician.fte,
        sessions=len(sessions),
        high_sessions=len(high),
        target=_target(problem, clinician, sessions),
        client_minutes=int(client.sum()),
        high_minutes=int(_minutes(problem, ((item.start, item.minutes) for item in high)).sum()),
        points=_points(problem, schedule, who),
        cap=_cap(problem, clinician),
        protected={kind: protected[kind] for kind in BlockKind if kind in protected},
        working_minutes=available,
        utilisation=float((client | others).sum()) / available if available else None,
    )


def _target(problem: Problem, clinician: Clinician, sessions: list[Appointment]) -> int | None:
    """Return the target for single clients' sessions: a group's session takes the place of several."""
    if clinician.target_sessions is None:
        return None
    of_groups = {entry.id for entry in problem.session_types if entry.kind == Kind.GROUP}
    held = sum(item.session_type in of_groups for item in sessions)
    counts = problem.rulebook.setting("session_limits").whole("group")
    return max(0, clinician.target_sessions - held * counts)


def _minutes(problem: Problem, spans: Iterable[tuple[datetime, int]]) -> Minutes:
    held = np.zeros(_WEEK, dtype=np.bool_)
    for start, minutes in spans:
        first = minutes_after(problem.week_start, start)
        held[max(0, first) : max(0, first + minutes)] = True
    return held


def _working(problem: Problem, clinician: Clinician) -> Minutes:
    held = np.zeros(_WEEK, dtype=np.bool_)
    first_weekday = problem.week_start.weekday()
    closed = problem.closed_days
    for period in clinician.working:
        day = (period.day.number - first_weekday) % 7 * DAY
        if day // DAY in closed:
            continue
        held[day + period.start : day + period.end] = True
    for leave in clinician.leave:
        first = minutes_after(problem.week_start, leave.start)
        last = minutes_after(problem.week_start, leave.end)
        held[max(0, first) : max(0, last)] = False
    return held


def _points(problem: Problem, schedule: Schedule, who: str) -> Decimal:
    """Return the caseload's points and those of clients without own clinician who are seen this week."""
    own = (item for item in schedule.appointments if who in item.clinicians and item.group is None)
    seen = {client for item in own for client in item.clients}
    mine = [c for c in problem.clients if c.clinician == who or (c.clinician is None and c.id in seen)]
    return sum((_client_points(problem, client) for client in mine), Decimal(0))


def _client_points(problem: Problem, client: Client) -> Decimal:
    if client.points is not None:
        return client.points
    setting = problem.rulebook.setting("caseload_cap")
    band = problem.by_code.bands.get(client.band)
    points = Decimal(0) if band is None else band.points
    if Flag.COORDINATION in client.flags:
        points += setting.exact("coordination")
    if Flag.SAFETY_PLANNING in client.flags:
        points += setting.exact("safety_planning")
    return points


def _cap(problem: Problem, clinician: Clinician) -> Decimal:
    if clinician.caseload_cap is not None:
        return clinician.caseload_cap
    by_role = problem.rulebook.setting("caseload_cap").by_role("points", clinician.role)
    return (by_role * clinician.fte).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
