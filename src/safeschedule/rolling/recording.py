"""What a planned week would be in a ledger, and in the form in which weeks are recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta

from safeschedule.actuals import Actuals, Discharge, FirstContact, Referral, StaffChange, StaffMove
from safeschedule.caseload import BandChange
from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.ledger import BandConfirmed, IntakeAccepted, PlanAccepted, Signatory, Statement, basis_of
from safeschedule.problem import Problem
from safeschedule.rolling.caseload_week import TakenClient
from safeschedule.rolling.decided import PLANNED_BY
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served

SIGNATORY = Signatory(role=PLANNED_BY, code="plan")
"""Nobody: what a roll plans is decided when people accept it."""


def statements_of(
    number: int,
    problem: Problem,
    schedule: Schedule,
    taken: Sequence[TakenClient],
    bands: Sequence[BandChange],
) -> Iterator[Statement]:
    """Yield what a week would be in a ledger, at the beginning of its first date in UTC.

    Parameters
    ----------
    number
        Of the week in the roll.
    problem, schedule
        The week.
    taken, bands
        Who joins a caseload, and which bands were taken as confirmed.
    """
    at = datetime.combine(problem.week_start, time(), UTC)
    basis = basis_of(problem, schedule)
    waiting = {client.id: client.waiting_since for client in problem.clients}
    for change in bands:
        said = BandConfirmed(client=change.client, before=change.before, after=change.after)
        why = f"Taken as confirmed in week {number} of a roll: {change.reason}"
        yield Statement(at=at, by=SIGNATORY, why=why, basis=basis, content=said)
    asked = sum(request.count for request in problem.requests)
    placed = served(problem, schedule).total()
    plan = PlanAccepted(week_start=problem.week_start, sessions=placed, left_out=asked - placed)
    yield Statement(at=at, by=SIGNATORY, why=f"Week {number} of a roll", basis=basis, content=plan)
    for each in taken:
        joins = IntakeAccepted(
            client=each.client,
            clinician=each.clinician,
            first_on=each.first_on,
            waiting_since=waiting[each.client],
        )
        why = f"From the waitlist ({each.triage}) in week {number} of a roll"
        yield Statement(at=at, by=SIGNATORY, why=why, basis=basis, content=joins)


def planned_actuals(
    problem: Problem, taken: Sequence[TakenClient], expected: ExpectedChanges, triage: dict[str, str]
) -> Actuals:
    """Return what a planned week says of ways in and out; what only happens on the day is not known.

    Parameters
    ----------
    problem
        The week, with those who were taken still waiting.
    taken
        Who has the first session.
    expected
        Who comes and who goes.
    triage
        The classes of clients, by code.
    """
    start = problem.week_start
    dates = {start + timedelta(days=number) for number in range(7)}
    people = problem.by_code.clients
    return Actuals(
        name=problem.name,
        week_start=start,
        time_zone=problem.time_zone,
        referrals=tuple(
            Referral(client=each.client.id, received=each.on, triage=triage.get(each.client.id))
            for each in expected.referrals
            if each.on in dates
        ),
        discharges=tuple(
            Discharge(
                client=each.client,
                on=each.on,
                clinician=people[each.client].clinician if each.client in people else None,
            )
            for each in expected.discharges
            if each.on in dates
        ),
        first_contacts=tuple(
            FirstContact(client=each.client, on=each.first_on, referred=people[each.client].waiting_since)
            for each in taken
        ),
        staff=(
            *(
                StaffChange(clinician=each.clinician.id, on=each.on, move=StaffMove.JOINED)
                for each in expected.starts
                if each.on in dates
            ),
            *(
                StaffChange(clinician=each.clinician, on=each.on, move=StaffMove.LEFT)
                for each in expected.leavers
                if each.on in dates
            ),
        ),
    )
