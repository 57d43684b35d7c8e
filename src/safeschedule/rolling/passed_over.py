"""Overdue clients of high-acuity bands, left out while a lower band's session could have given way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.caseload import Due, due_contacts
from safeschedule.explaining.unplaced.limits import appointment_of
from safeschedule.model.candidates import sessions_of, suiting
from safeschedule.model.index import Index
from safeschedule.problem import Problem, Request
from safeschedule.schedule import Appointment, Schedule
from safeschedule.schedule.serving import served
from safeschedule.verifier import examine


@dataclass(frozen=True)
class PassedOver:
    """An overdue client of a high-acuity band in whose place somebody less urgent is seen.

    Parameters
    ----------
    due
        The client, and since when contact is due.
    request
        What was asked for and left out.
    instead
        The client of a lower band, not overdue, whose session could have been given up for it.
    """

    due: Due
    request: str
    instead: str


def left_to_age(problem: Problem, schedule: Schedule) -> tuple[Due, ...]:
    """Return the clients of high-acuity bands who were overdue when the week began and are not seen in it."""
    seen = {client for session in schedule.appointments for client in session.clients}
    late = (due for due in due_contacts(problem) if due.high_acuity and due.overdue)
    return tuple(due for due in late if due.client not in seen)


def passed_over(problem: Problem, schedule: Schedule) -> tuple[PassedOver, ...]:
    """Return those of `left_to_age` for whom a session of a lower band could have been given up.

    That is: a session of something was asked for them and left out; a clinician who may take it has a
    session in the week, of one client of a lower band who was not overdue when the week began, not pinned
    and not a group's; and with the client's session instead of it, at the same start, the verifier finds
    every hard rule kept.
    """
    left = left_to_age(problem, schedule)
    late = {entry.client for entry in due_contacts(problem) if entry.overdue} if left else set()
    return tuple(found for due in left for found in _exchange(problem, schedule, due, late))


def _exchange(problem: Problem, schedule: Schedule, due: Due, late: set[str]) -> Iterator[PassedOver]:
    """Yield the first exchange that would do, if there is one."""
    met = served(problem, schedule)
    index = Index(problem)
    ranks = {band.id: band.rank for band in problem.bands}
    lower = {c.id for c in problem.clients if ranks[c.band] < due.rank and c.id not in late}
    pinned = {pin.request for pin in problem.pinned_appointments}
    given_up = [
        session
        for session in schedule.appointments
        if session.group is None and session.request not in pinned and set(session.clients) <= lower
    ]
    for request in problem.requests:
        if request.client == due.client and request.group is None and met[request.id] < request.count:
            for session in given_up:
                if _would_do(problem, schedule, index, request, session):
                    yield PassedOver(due, request.id, session.clients[0])
                    return


def _would_do(
    problem: Problem, schedule: Schedule, index: Index, request: Request, session: Appointment
) -> bool:
    kept = [other for other in schedule.appointments if other is not session]
    return any(
        examine(problem, schedule.model_copy(update={"appointments": (*kept, instead)})).compliant
        for instead in _instead(index, request, session)
    )


def _instead(index: Index, request: Request, session: Appointment) -> Iterator[Appointment]:
    """Yield a session of a request in the place of another, also in its room."""
    offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
    number = index.request_number[request.id]
    offered[number, [index.clinician_number[code] for code in session.clinicians]] = True
    offered &= suiting(index)
    rows = sessions_of(index, offered)
    for opening in np.flatnonzero(rows.start == index.minute(session.start)).tolist():
        given = appointment_of(index, request, rows, opening)
        yield given
        if session.room is not None and (given.mode, given.site) == (session.mode, session.site):
            yield given.model_copy(update={"room": session.room})
