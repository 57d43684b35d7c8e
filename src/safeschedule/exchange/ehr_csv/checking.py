"""Check the mapping against the export, and the week against the grid."""

from __future__ import annotations

from collections.abc import Iterable

from safeschedule.errors import Fault
from safeschedule.exchange.ehr_csv.export import EhrExport
from safeschedule.exchange.ehr_csv.mapping import Mapping
from safeschedule.exchange.ehr_csv.records import Program, Visit, VisitType
from safeschedule.exchange.ehr_csv.week import ImportedWeek
from safeschedule.problem.people import default_bands


def check_mapping(export: EhrExport, mapping: Mapping, source: str, faults: list[Fault]) -> None:
    """Note what the mapping names and the export does not hold.

    Parameters
    ----------
    export, mapping
        What was read.
    source
        The mapping's file name, for people.
    faults
        Takes what is wrong.
    """
    staff = [employee.employee_id for employee in export.employees]
    clients = _client_ids(export)
    places = [location.location_name for location in export.locations]
    types = {entry.description.casefold() for entry in export.visit_types}
    owners = [entry.clinician for entry in mapping.clients.values() if entry.clinician]

    def known(field: str, names: Iterable[str], there: Iterable[str], what: str) -> None:
        expected = f"{what} in the export"
        for name in sorted(set(names) - set(there)):
            faults.append(Fault("unknown_reference", f"{source} {field}", name, expected))

    known("clinicians", mapping.clinicians, staff, "an employee_id")
    known("clients", mapping.clients, clients, "an individual_id")
    known("clients.*.clinician", owners, staff, "an employee_id")
    known("rooms", mapping.rooms, places, "a location_name")
    known("visit_types", (name.casefold() for name in mapping.visit_types), types, "a description")
    bands = [*mapping.program_bands.values(), mapping.band]
    bands += [entry.band for entry in mapping.clients.values() if entry.band]
    rungs = [band.id for band in default_bands()]
    for band in sorted(set(bands) - set(rungs)):
        faults.append(Fault("unknown_band", f"{source} band", band, f"one of {', '.join(rungs)}"))


def _client_ids(export: EhrExport) -> list[str]:
    if export.individuals is not None:
        return [individual.individual_id for individual in export.individuals]
    return [visit.individual_id for visit in export.visits]


def check_week(export: EhrExport, week: ImportedWeek, mapping: Mapping, faults: list[Fault]) -> None:
    """Note visit types whose meaning is unknown, visits without programme, and durations off every grid."""
    types = {entry.visit_type_id: entry for entry in export.visit_types}
    completed = [visit for visit in export.visits if visit.visit_status == "COMPLETED"]
    for key in sorted({visit.visit_type_id for visit in (*week.planned, *completed)}):
        entry = types[key]
        if mapping.visit_type(entry.description) is None:
            place = VisitType.place(entry.row, "description")
            way_out = "a known visit type, or an entry for it under visit_types in the mapping file"
            faults.append(Fault("unmapped_visit_type", place, entry.description, way_out))
    for visit in week.planned:
        if visit.program_id is None and export.employee_programs is not None:
            place = Visit.place(visit.row, "program_id")
            faults.append(Fault("missing_value", place, "", f"an id of {Program.file}"))
        if visit.scheduled_duration_minutes % 5 and not mapping.round_minutes_up:
            place = Visit.place(visit.row, "scheduled_duration_minutes")
            way_out = "a multiple of 5 minutes (round_minutes_up = true in the mapping file rounds up)"
            faults.append(Fault("off_grid", place, f"{visit.scheduled_duration_minutes}", way_out))
