"""No-shows: how many of a week's sessions may be expected to take place."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from safeschedule.problem import Problem
from safeschedule.schedule import Appointment, Schedule


def attendance_of(problem: Problem) -> Callable[[Appointment], Decimal]:
    """Return a function that says how likely it is that somebody comes to a session.

    Each client comes by the client's own figure, or else by that of the session type; the clients of a group
    come or stay away independently of each other. Types and clients that the problem does not know come.
    """
    types = {kind.id: kind.attendance for kind in problem.session_types}
    clients = {client.id: client.attendance for client in problem.clients}

    def likely(session: Appointment) -> Decimal:
        missed = Decimal(1)
        for client in session.clients:
            own = clients.get(client)
            missed *= 1 - (types.get(session.session_type, Decimal(1)) if own is None else own)
        return 1 - missed if session.clients else Decimal(1)

    return likely


def expected_sessions(problem: Problem, schedule: Schedule) -> Decimal:
    """Return how many sessions of a schedule may be expected to take place."""
    likely = attendance_of(problem)
    return sum((likely(session) for session in schedule.appointments), Decimal(0))
