"""Measures of caseloads: how many clients and how much work there is for each clinician."""

from __future__ import annotations

from safeschedule.actuals import Actuals
from safeschedule.caseload.measures.definition import Area, Count, Definition
from safeschedule.caseload.measures.record import TeamRecord

_HOUR = 60


def _per_clinician(record: TeamRecord, _: Actuals) -> Count:
    return record.clients, len(record.clinicians)


def _per_fte(record: TeamRecord, _: Actuals) -> Count:
    return record.clients, record.fte


def _points_per_fte(record: TeamRecord, _: Actuals) -> Count:
    return sum(record.facts.carried[p.id].points for p in record.clinicians) / 100, record.fte


def _contact_minutes(record: TeamRecord, week: Actuals) -> float | None:
    visits = record.attended(week)
    if visits is None:
        return None
    # A group's session is there once for each client, and takes the clinicians' time once.
    held = {(code, visit.planned): visit.minutes for visit in visits for code in visit.clinicians}
    team = {person.id for person in record.clinicians}
    return sum(minutes for (code, _), minutes in held.items() if code in team)


def _hours(record: TeamRecord, week: Actuals) -> Count | None:
    minutes = _contact_minutes(record, week)
    return None if minutes is None else (minutes / _HOUR, record.fte)


def _utilisation(record: TeamRecord, week: Actuals) -> Count | None:
    minutes = _contact_minutes(record, week)
    working = sum(p.end - p.start for person in record.clinicians for p in person.working)
    return None if minutes is None else (minutes, working)


DEFINITIONS = (
    Definition(
        "clients_per_clinician",
        Area.CASELOAD,
        "Active clients per clinician",
        "clients on the caseloads, today",
        "clinicians",
        "clients",
        "CS",
        _per_clinician,
        today=True,
    ),
    Definition(
        "clients_per_fte",
        Area.CASELOAD,
        "Active clients per FTE",
        "clients on the caseloads, today",
        "full-time equivalents",
        "clients",
        "CS",
        _per_fte,
        today=True,
    ),
    Definition(
        "points_per_fte",
        Area.CASELOAD,
        "Caseload points per FTE",
        "weighted points of the clients on the caseloads, today",
        "full-time equivalents",
        "points",
        "TC, CD",
        _points_per_fte,
        today=True,
    ),
    Definition(
        "contact_hours",
        Area.CASELOAD,
        "Hours with clients per FTE",
        "planned hours of visits that took place; a group's session counts once for each clinician",
        "full-time equivalents",
        "hours a week",
        "CS",
        _hours,
    ),
    Definition(
        "utilisation",
        Area.CASELOAD,
        "Utilisation",
        "planned minutes of visits that took place",
        "minutes of the working periods, leave not taken off",
        "share",
        "CS",
        _utilisation,
    ),
)
