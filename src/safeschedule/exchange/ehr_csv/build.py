"""The problem and the booked schedule, put together."""

from __future__ import annotations

from safeschedule.exchange.ehr_csv.export import EhrExport
from safeschedule.exchange.ehr_csv.mapping import Mapping
from safeschedule.exchange.ehr_csv.people import build_clients, build_clinicians
from safeschedule.exchange.ehr_csv.week import ImportedWeek, own_clinicians
from safeschedule.exchange.ehr_csv.work import Work
from safeschedule.problem.problem import Problem
from safeschedule.schedule import Schedule


def build_problem(export: EhrExport, week: ImportedWeek, mapping: Mapping) -> tuple[Problem, Schedule]:
    """Return the problem and the bookings of a week, from an export without faults."""
    clinicians = build_clinicians(export, week, mapping)
    work = Work(export, week, mapping, clinicians)
    clients = build_clients(export, week, mapping, own_clinicians(export, week, mapping))
    problem = Problem(
        name=mapping.name,
        week_start=week.monday,
        time_zone=mapping.time_zone,
        grid=work.grid,
        clinicians=clinicians,
        clients=clients,
        session_types=work.session_types(),
        requests=tuple(work.request(visit) for visit in week.planned),
        sites=work.sites(),
        rooms=work.rooms(),
        history=work.history(clients),
        rulebook=mapping.book(),
    )
    schedule = Schedule(
        problem=mapping.name,
        week_start=week.monday,
        time_zone=mapping.time_zone,
        appointments=tuple(work.booking(visit) for visit in week.planned),
    )
    return problem, schedule
