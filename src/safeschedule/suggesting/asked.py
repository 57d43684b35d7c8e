"""The request for which slots are looked for."""

from __future__ import annotations

from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Problem, Request
from safeschedule.problem.faults import find, require_sound
from safeschedule.problem.showing import did_you_mean
from safeschedule.schedule import Appointment, Schedule
from safeschedule.schedule.serving import served


def with_request(problem: Problem, request: Request) -> Problem:
    """Return a problem that asks for one thing more.

    Raises
    ------
    InputError
        The code is taken, or the request names something that the problem does not know.
    """
    require_sound(problem)
    full = problem.model_copy(update={"requests": (*problem.requests, request)}).with_joint_requests()
    faults = find(full)
    if faults:
        raise ArgumentError("request", faults)
    return full


def open_request(problem: Problem, schedule: Schedule, request: Request | str) -> Request:
    """Return a request of the problem that has sessions left to place.

    Raises
    ------
    InputError
        There is none of this code, or all of its sessions are placed.
    """
    code = request if isinstance(request, str) else request.id
    asked = problem.by_code.requests.get(code)
    if asked is None:
        hint = did_you_mean(code, [r.id for r in problem.requests])
        raise _fault("unknown_reference", code, f"the code of a request of the problem{hint}")
    if served(problem, schedule)[code] >= asked.count:
        raise _fault("already_placed", code, "a request with sessions left to place, or that it be moved")
    return asked


def request_of(problem: Problem, given: Appointment) -> Request:
    """Return the request that an appointment serves.

    Raises
    ------
    InputError
        It serves none, or it is a group's or another session of several people.
    """
    served = given.request if given.group is None else None
    asked = None if served is None else problem.by_code.requests.get(served)
    if asked is None or len(given.clients) > 1 or len(given.clinicians) > 1:
        expected = "a session of one client and one clinician that serves a request; check a group's move"
        raise _fault("cannot_move_alone", given.group or given.request or given.clients[0], expected)
    return asked


def _fault(code: str, value: str, expected: str) -> ArgumentError:
    return ArgumentError("request", [Fault(code, "request", value, expected)])
