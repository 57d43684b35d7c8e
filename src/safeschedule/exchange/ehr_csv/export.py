"""The whole export: read, and checked across its files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from safeschedule.errors import Fault
from safeschedule.exchange.ehr_csv.reading import read
from safeschedule.exchange.ehr_csv.records import (
    Employee,
    EmployeeProgram,
    Enrolment,
    Individual,
    Location,
    Program,
    Record,
    Supervision,
    Visit,
    VisitType,
)


@dataclass(frozen=True)
class EhrExport:
    """The rows of an export; ``None`` stands for a file that is not there."""

    employees: tuple[Employee, ...]
    supervision: tuple[Supervision, ...] | None
    programs: tuple[Program, ...] | None
    employee_programs: tuple[EmployeeProgram, ...] | None
    individuals: tuple[Individual, ...] | None
    enrolments: tuple[Enrolment, ...] | None
    visit_types: tuple[VisitType, ...]
    locations: tuple[Location, ...]
    visits: tuple[Visit, ...]


def read_export(folder: Path, faults: list[Fault], visits: type[Visit] = Visit) -> EhrExport:
    """Return what can be read of an export; everything wrong with it goes into `faults`.

    `visits` says which columns of the visits are looked at.
    """
    if not folder.is_dir():
        faults.append(Fault("missing_folder", folder.name, "", "a folder with the export's CSV files"))
        return EhrExport((), None, None, None, None, None, (), (), ())
    export = EhrExport(
        employees=read(folder, Employee, faults) or (),
        supervision=read(folder, Supervision, faults),
        programs=read(folder, Program, faults),
        employee_programs=read(folder, EmployeeProgram, faults),
        individuals=read(folder, Individual, faults),
        enrolments=read(folder, Enrolment, faults),
        visit_types=read(folder, VisitType, faults) or (),
        locations=read(folder, Location, faults) or (),
        visits=read(folder, visits, faults) or (),
    )
    # Across files only when each can be read: a row that could not be read would make its references unknown.
    if not faults:
        _ids(export, faults)
        _references(export, faults)
        _supervisors(export, faults)
    return export


def _ids(export: EhrExport, faults: list[Fault]) -> None:
    _unique(export.employees, "employee_id", faults)
    _unique(export.programs or (), "program_id", faults)
    _unique(export.programs or (), "program_code", faults)
    _unique(export.individuals or (), "individual_id", faults)
    _unique(export.visit_types, "visit_type_id", faults)
    _unique(export.visit_types, "description", faults)
    _unique(export.locations, "location_id", faults)
    _unique(export.locations, "location_name", faults)
    _unique(export.visits, "visit_id", faults)
    if not export.employees:
        faults.append(Fault("no_employees", Employee.file, "", "at least one member of staff"))


def _unique(records: Sequence[Record], column: str, faults: list[Fault]) -> None:
    first: dict[str, int] = {}
    for record in records:
        value: str = getattr(record, column)
        # Descriptions and names are looked up without regard to case.
        earlier = first.setdefault(value.casefold(), record.row)
        if earlier != record.row:
            expected = f"a value of its own (row {earlier} has it too)"
            faults.append(Fault("duplicate", record.place(record.row, column), value, expected))


def _references(export: EhrExport, faults: list[Fault]) -> None:
    staff = {e.employee_id for e in export.employees}
    clients = None if export.individuals is None else {i.individual_id for i in export.individuals}
    programs = None if export.programs is None else {p.program_id for p in export.programs}
    types = {t.visit_type_id for t in export.visit_types}
    places = {p.location_id for p in export.locations}
    known = {
        "employee_id": (staff, Employee.file),
        "supervisor_id": (staff, Employee.file),
        "individual_id": (clients, Individual.file),
        "program_id": (programs, Program.file),
        "visit_type_id": (types, VisitType.file),
        "location_id": (places, Location.file),
    }
    columns = {
        "supervisor_id": (export.employees, export.supervision or ()),
        "employee_id": (export.supervision or (), export.employee_programs or (), export.visits),
        "program_id": (export.employee_programs or (), export.enrolments or (), export.visits),
        "individual_id": (export.enrolments or (), export.visits),
        "visit_type_id": (export.visits,),
        "location_id": (export.visits,),
    }
    for column, tables in columns.items():
        ids, file = known[column]
        if ids is not None:
            for table in tables:
                _known(table, column, ids, file, faults)


def _known(records: Iterable[Record], column: str, ids: set[str], file: str, faults: list[Fault]) -> None:
    for record in records:
        value = getattr(record, column)
        if value is not None and value not in ids:
            place = record.place(record.row, column)
            faults.append(Fault("unknown_reference", place, value, f"an id of {file}"))


def _supervisors(export: EhrExport, faults: list[Fault]) -> None:
    for table in (export.employees, export.supervision or ()):
        for record in table:
            if record.supervisor_id == record.employee_id:
                place = record.place(record.row, "supervisor_id")
                faults.append(Fault("own_supervisor", place, record.employee_id, "another member of staff"))
    for dated in (*(export.supervision or ()), *(export.employee_programs or ()), *(export.enrolments or ())):
        if dated.start_date and dated.end_date and dated.end_date < dated.start_date:
            place = dated.place(dated.row, "end_date")
            faults.append(
                Fault("ends_before_start", place, f"{dated.end_date}", f"{dated.start_date} or later")
            )
