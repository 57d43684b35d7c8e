"""Who is due: for contact as often as the acuity band asks, and for review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from safeschedule.arguments import Arguments
from safeschedule.problem import Problem
from safeschedule.returned import Returned


@dataclass(frozen=True)
class Due(Returned):
    """A client who is due in the week or has been due since before it, for contact or for review.

    Parameters
    ----------
    client, clinician
        The client, and the own clinician; ``None`` (in reviews) for a client of nobody's caseload.
    band, rank, high_acuity
        The client's acuity band.
    last_contact
        Date of the last contact, where one is known.
    due
        The date due.
    overdue
        Days from the date due to the week's first date; 0 when it falls due in the week.
    """

    client: str
    clinician: str | None
    band: str
    rank: int
    high_acuity: bool
    last_contact: date | None
    due: date
    overdue: int


def due_contacts(problem: Problem) -> tuple[Due, ...]:
    """Return the clients who are due for contact on or before the week's last date.

    As in the rule ``contact_expectations`` (AB): clients with an own clinician, so many days after the
    last contact as their band states in its contact days. Clients without any contact on record are left
    out.

    Returns
    -------
    tuple of Due
        Most overdue first; of equals the highest band, then by code.

    Examples
    --------
    >>> from safeschedule import due_contacts
    >>> from safeschedule.samples import sample
    >>> due_contacts(sample())[0].overdue >= 0
    True
    """
    Arguments("due_contacts").problem(problem).done()
    contacts = last_contacts(problem)
    days = {band.id: timedelta(days=band.contact_days) for band in problem.bands}
    when = {
        client.id: contacts[client.id] + days[client.band]
        for client in problem.clients
        if client.clinician is not None and client.id in contacts
    }
    return tuple(sorted(_due(problem, when, contacts), key=_urgency))


def due_reviews(problem: Problem) -> tuple[Due, ...]:
    """Return the clients whose next review is on or before the week's last date, in the same order.

    Examples
    --------
    >>> from safeschedule import due_reviews
    >>> from safeschedule.samples import sample
    >>> all(due.due for due in due_reviews(sample()))
    True
    """
    Arguments("due_reviews").problem(problem).done()
    when = {client.id: client.next_review for client in problem.clients if client.next_review is not None}
    return tuple(sorted(_due(problem, when, last_contacts(problem)), key=_urgency))


def last_contacts(problem: Problem) -> dict[str, date]:
    """Return each client's last contact: the later of `last_contact` and the appointments of the history."""
    found = {client.id: client.last_contact for client in problem.clients if client.last_contact is not None}
    for past in problem.history.appointments:
        day = past.start.date()
        found[past.client] = max(day, found.get(past.client, day))
    return found


def _due(problem: Problem, when: dict[str, date], contacts: dict[str, date]) -> Iterator[Due]:
    bands = problem.by_code.bands
    last = problem.week_start + timedelta(days=6)
    for client in problem.clients:
        due = when.get(client.id)
        if due is not None and due <= last:
            band = bands[client.band]
            yield Due(
                client=client.id,
                clinician=client.clinician,
                band=band.id,
                rank=band.rank,
                high_acuity=band.high_acuity,
                last_contact=contacts.get(client.id),
                due=due,
                overdue=max(0, (problem.week_start - due).days),
            )


def _urgency(entry: Due) -> tuple[int, int, str]:
    return -entry.overdue, -entry.rank, entry.client
