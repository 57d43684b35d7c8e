"""What people have decided for dates inside a roll: bands, caps and transfers of a ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from safeschedule.ledger import BandConfirmed, CapChange, Correction, LedgerEntry, Transferred
from safeschedule.problem import Client, Clinician, Problem

PLANNED_BY = "roll"
"""The role that stands in entries of what a roll has planned: nobody has decided it yet."""


def with_decisions(problem: Problem, entries: Sequence[LedgerEntry]) -> Problem:
    """Return a week with what was decided since the one before; what was withdrawn does not count.

    A decision counts from the first week that begins on the date of its entry or later. Decisions about
    people whom the problem does not know are those of another team.

    Parameters
    ----------
    problem
        The week as the one before has left it.
    entries
        Of a ledger.
    """
    for entry in _new(problem, entries):
        content = entry.content
        if isinstance(content, BandConfirmed) and content.after in problem.by_code.bands:
            days = problem.by_code.bands[content.after].review_days
            review = content.next_review or entry.at.date() + timedelta(days=days)
            problem = _with_client(problem, content.client, band=content.after, next_review=review)
        elif isinstance(content, CapChange):
            problem = _with_cap(problem, content)
        elif isinstance(content, Transferred) and content.taker in problem.by_code.clinicians:
            problem = _transferred(problem, content)
    return problem


def _new(problem: Problem, entries: Sequence[LedgerEntry]) -> Iterator[LedgerEntry]:
    monday = problem.week_start
    written = [entry for entry in entries if entry.at.date() <= monday]
    gone = {e.content.entry for e in written if isinstance(e.content, Correction) and e.content.withdraws}
    for entry in written:
        new = entry.at.date() > monday - timedelta(weeks=1)
        if new and entry.number not in gone and entry.by.role != PLANNED_BY:
            yield entry


def _with_client(problem: Problem, code: str, **update: Any) -> Problem:
    def changed(client: Client) -> Client:
        return client.model_copy(update=update) if client.id == code else client

    return problem.model_copy(update={"clients": tuple(map(changed, problem.clients))})


def _with_cap(problem: Problem, content: CapChange) -> Problem:
    after: Any = None if content.after is None else Decimal(content.after)
    if content.rule == "high_acuity_cap":
        after = None if after is None else int(after)
    elif content.rule != "caseload_cap":
        return problem

    def changed(person: Clinician) -> Clinician:
        return person.model_copy(update={content.rule: after}) if person.id == content.clinician else person

    return problem.model_copy(update={"clinicians": tuple(map(changed, problem.clinicians))})


def _transferred(problem: Problem, content: Transferred) -> Problem:
    """Return the problem with a client of another caseload; requests by name go along."""
    client = problem.by_code.clients.get(content.client)
    if client is None or client.clinician != content.giver:
        return problem
    named = {"clinician": content.taker}
    requests = tuple(
        asked.model_copy(update=named)
        if (asked.client, asked.clinician) == (content.client, content.giver)
        else asked
        for asked in problem.requests
    )
    moved = _with_client(problem, content.client, **named)
    return moved.model_copy(update={"requests": requests})
