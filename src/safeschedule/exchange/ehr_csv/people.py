"""Clinicians and clients of the week."""

from __future__ import annotations

from collections.abc import Mapping as Table
from datetime import date

from safeschedule.exchange.ehr_csv.export import EhrExport
from safeschedule.exchange.ehr_csv.mapping import ClientMapping, ClinicianMapping, Hours, Mapping
from safeschedule.exchange.ehr_csv.week import ImportedWeek, completed_before
from safeschedule.problem.clock import parse_clock
from safeschedule.problem.people import Client, Clinician, WorkingPeriod, default_bands


def program_codes(export: EhrExport) -> dict[str, str]:
    """Return each programme's code by its id; the id itself where there is no file of programmes."""
    ids = {visit.program_id for visit in export.visits if visit.program_id}
    ids |= {row.program_id for row in export.employee_programs or ()}
    ids |= {row.program_id for row in export.enrolments or ()}
    codes = {program.program_id: program.program_code for program in export.programs or ()}
    return {key: codes.get(key, key) for key in sorted(ids | set(codes))}


def supervisors(export: EhrExport, week: ImportedWeek) -> dict[str, str]:
    """Return each clinician's supervisor in the week.

    The dated file counts before the undated column of the staff file, and of several rows that hold in
    the week the one that began last.
    """
    found = {e.employee_id: e.supervisor_id for e in export.employees if e.supervisor_id}
    rows = [row for row in export.supervision or () if row.holds(week.monday, week.sunday)]
    for row in sorted(rows, key=lambda row: (row.start_date or date.min, row.row)):
        found[row.employee_id] = row.supervisor_id
    return found


def build_clinicians(export: EhrExport, week: ImportedWeek, mapping: Mapping) -> tuple[Clinician, ...]:
    """Return everybody on the staff, with the programmes that hold in the week as skills."""
    codes, supervised_by = program_codes(export), supervisors(export, week)
    skills: dict[str, set[str]] = {}
    for row in export.employee_programs or ():
        if row.holds(week.monday, week.sunday):
            skills.setdefault(row.employee_id, set()).add(codes[row.program_id])
    hosts = set(supervised_by.values())
    return tuple(
        _clinician(
            employee.employee_id,
            sorted(skills.get(employee.employee_id, ())),
            supervised_by.get(employee.employee_id),
            employee.employee_id in hosts,
            mapping,
        )
        for employee in export.employees
    )


def _clinician(
    key: str, skills: list[str], supervisor: str | None, hosts: bool, mapping: Mapping
) -> Clinician:
    own = mapping.clinicians.get(key, ClinicianMapping())
    fte = mapping.fte if own.fte is None else own.fte
    return Clinician(
        id=key,
        role=own.role or mapping.role,
        fte=fte,
        working=_periods(mapping.hours if own.hours is None else own.hours),
        contracted_minutes=own.contracted_minutes or max(1, int(mapping.full_time_minutes * fte)),
        skills=tuple(skills),
        telehealth=own.telehealth,
        supervisor=supervisor,
        is_supervisor=hosts if own.is_supervisor is None else own.is_supervisor,
        new_in_post=own.new_in_post,
        caseload_cap=own.caseload_cap,
        high_acuity_cap=own.high_acuity_cap,
        daily_sessions=own.daily_sessions,
        weekly_sessions=own.weekly_sessions,
    )


def _periods(hours: Hours) -> tuple[WorkingPeriod, ...]:
    return tuple(
        WorkingPeriod(day=day, start=parse_clock(span[:5]), end=parse_clock(span[6:]))
        for day, spans in hours.items()
        for span in spans
    )


def build_clients(
    export: EhrExport, week: ImportedWeek, mapping: Mapping, own: Table[str, str]
) -> tuple[Client, ...]:
    """Return who is enrolled, booked or on somebody's caseload in the week, in the order of the export."""
    codes = program_codes(export)
    programs: dict[str, set[str]] = {}
    for row in export.enrolments or ():
        if row.holds(week.monday, week.sunday):
            programs.setdefault(row.individual_id, set()).add(codes[row.program_id])
    booked = dict.fromkeys(visit.individual_id for visit in week.planned)
    for visit in week.planned:
        if visit.program_id and visit.individual_id not in programs:
            programs[visit.individual_id] = {codes[visit.program_id]}
    contacts = {visit.individual_id: visit.began.date() for visit in completed_before(export, week.monday)}
    # With enrolments at hand, former clients are known and left out; without, everybody seen lately counts.
    active = set(booked) | (set(programs) if export.enrolments is not None else set(own))
    listed = [row.individual_id for row in export.individuals or ()]
    order = dict.fromkeys([*listed, *(visit.individual_id for visit in export.visits)])
    return tuple(
        _client(key, programs.get(key, set()), own.get(key), contacts.get(key), mapping)
        for key in order
        if key in active
    )


def _client(key: str, programs: set[str], own: str | None, contact: date | None, mapping: Mapping) -> Client:
    entry = mapping.clients.get(key, ClientMapping())
    rank = {band.id: band.rank for band in default_bands()}
    bands = [mapping.program_bands[code] for code in programs if code in mapping.program_bands]
    return Client(
        id=key,
        band=entry.band or max(bands, key=lambda band: rank[band], default=mapping.band),
        points=entry.points,
        clinician=own,
        flags=entry.flags,
        last_contact=contact,
    )
