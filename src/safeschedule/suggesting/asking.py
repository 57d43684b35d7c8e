"""The questions as functions; each looks at the whole week first (see `Desk` for many questions)."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

from safeschedule.arguments import Arguments
from safeschedule.ledger.overrides import OverrideInForce
from safeschedule.problem import Mode, Problem, Request
from safeschedule.schedule import Appointment, Schedule
from safeschedule.suggesting.asked import with_request
from safeschedule.suggesting.checked import MoveCheck
from safeschedule.suggesting.desk import Desk
from safeschedule.suggesting.suggestion import Suggestions


def check_move(
    problem: Problem,
    schedule: Schedule,
    appointment: Appointment | str,
    *,
    at: datetime | None = None,
    to: datetime | None = None,
    clinician: str | Sequence[str] | None = None,
    mode: Mode | str | None = None,
    site: str | None = None,
    room: str | None = None,
    overrides: Sequence[OverrideInForce] = (),
) -> MoveCheck:
    """Return what moving one appointment would break or cost, before it is made.

    Nothing else moves but its buffers: the blocks of its clinicians for preparation that end when it begins,
    and for recovery that begin when it ends.
    What is not said stays as it is, with two exceptions. The site is the one that is asked for, or else the
    one where the clinician works then. A room that is taken at the new time, or does not fit, makes way for
    the first that is free and fits; when none is, it stays, and the clash is told.

    Parameters
    ----------
    problem, schedule
        The schedule may come from anywhere and break rules already.
    appointment
        An appointment of the schedule, or the code of its request or group.
    at
        Its start, where a request or group has several.
    to
        Its new start; local time.
    clinician
        Who is to give it; for a session of several clinicians all of them.
    mode, site, room
        Where it is to be.
    overrides
        Overrides that are in force (see `safeschedule.overrides_in_force`). What they excuse is told, and
        does not stand against the move.

    Returns
    -------
    MoveCheck
        With exactly what `verify` finds otherwise in the resulting schedule.

    Raises
    ------
    InputError
        The problem has faults, there is no such appointment or more than one, or a code is unknown.

    Examples
    --------
    >>> from datetime import datetime
    >>> from safeschedule import check_move
    >>> check = check_move(problem, schedule, "R0", to=datetime(2026, 10, 5, 3))
    >>> check.allowed
    False
    >>> "working_hours" in {finding.rule for finding in check.breaks}
    True
    """
    desk = Desk(problem, schedule, overrides=overrides)
    return desk.check_move(appointment, at=at, to=to, clinician=clinician, mode=mode, site=site, room=room)


def suggest(
    problem: Problem,
    schedule: Schedule,
    request: Request | str,
    n: int = 5,
    *,
    stop: threading.Event | None = None,
) -> Suggestions:
    """Return the best slots for one more session of a request.

    Each of them was judged by the verifier: the schedule with it breaks no hard rule that is kept now. No
    other appointment and no block shared with others changes; the clinician's own blocks of that date may.

    Slots are ranked by the objective of the rulebook's tiers, strongest first, then by time, then by how few
    blocks change. No two have the same clinician and half-day, unless there are fewer than `n` without.

    Parameters
    ----------
    problem, schedule
        The schedule may come from anywhere and break rules already.
    request
        The code of a request that has sessions left to place, or a new request. The client of a new one has
        to be in the problem.
    n
        How many, at most.
    stop
        When set, the search ends soon, with what was found.

    Returns
    -------
    Suggestions
        Without any, it says why.

    Raises
    ------
    InputError
        The problem has faults, with the new request or without; no request has this code, or all of its
        sessions are placed.

    Examples
    --------
    >>> from safeschedule import Schedule, suggest
    >>> nothing = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
    >>> found = suggest(problem, nothing, "R0", 2)
    >>> len(found.slots), found.slots[0].appointment.request
    (2, 'R0')
    """
    Arguments("suggest").problem(problem).kind("schedule", schedule, Schedule, "a Schedule").done()
    if isinstance(request, Request) and request not in problem.requests:
        problem = with_request(problem, request)
    return Desk(problem, schedule).suggest(request, n, stop=stop)


def suggest_moves(
    problem: Problem,
    schedule: Schedule,
    appointment: Appointment | str,
    n: int = 5,
    *,
    at: datetime | None = None,
    stop: threading.Event | None = None,
) -> Suggestions:
    """Return the best other slots for an appointment; see `suggest`.

    Parameters
    ----------
    appointment, at
        As for `check_move`; an appointment that serves a request of the problem, not a group's.

    Raises
    ------
    InputError
        The problem has faults, there is no such appointment or more than one, or it cannot be moved alone.

    Examples
    --------
    >>> from safeschedule import suggest_moves
    >>> found = suggest_moves(problem, schedule, "R0", 1)
    >>> found.moving.request
    'R0'
    """
    return Desk(problem, schedule).suggest_moves(appointment, n, at=at, stop=stop)
