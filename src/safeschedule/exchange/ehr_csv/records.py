"""The rows that are read, column by column; names, dates of birth and the like are no columns here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from safeschedule.exchange.ehr_csv import cells

STATUSES = ("SCHEDULED", "COMPLETED", "NO_SHOW", "CANCELED", "RESCHEDULED")


@dataclass(frozen=True)
class Column:
    """One column that is read.

    Parameters
    ----------
    name
        As in the file's header.
    parse
        Turns the text of a cell into its value, or raises ``ValueError`` with what was expected.
    needed
        Whether the file has to have the column.
    blank
        Whether a cell may be empty; it then counts as ``None``.
    """

    name: str
    parse: Callable[[str], Any]
    needed: bool = True
    blank: bool = False


@dataclass(frozen=True)
class Record:
    """A row of one file; `row` is its line number, with the header as line 1."""

    file: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    needed: ClassVar[bool] = True

    row: int

    @classmethod
    def place(cls, row: int, column: str) -> str:
        """Return where a cell is, for people."""
        return f"{cls.file} row {row} {column}"


def _span() -> tuple[Column, Column]:
    start = Column("start_date", cells.day, needed=False, blank=True)
    return start, Column("end_date", cells.day, needed=False, blank=True)


@dataclass(frozen=True)
class Dated(Record):
    """A row that holds from one date to another, both included; open where there is none."""

    start_date: date | None
    end_date: date | None

    def holds(self, first: date, last: date) -> bool:
        """Whether the row holds on any date from `first` to `last`."""
        return (self.start_date is None or self.start_date <= last) and (
            self.end_date is None or self.end_date >= first
        )


@dataclass(frozen=True)
class Employee(Record):
    """A member of staff."""

    file = "employees.csv"
    columns = (
        Column("employee_id", cells.code),
        Column("supervisor_id", cells.code, needed=False, blank=True),
    )

    employee_id: str
    supervisor_id: str | None


@dataclass(frozen=True)
class Supervision(Dated):
    """Who supervises whom, and when."""

    file = "employee_supervision.csv"
    columns = (Column("employee_id", cells.code), Column("supervisor_id", cells.code), *_span())
    needed = False

    employee_id: str
    supervisor_id: str


@dataclass(frozen=True)
class Program(Record):
    """A programme of the service."""

    file = "programs.csv"
    columns = (Column("program_id", cells.code), Column("program_code", cells.code))
    needed = False

    program_id: str
    program_code: str


@dataclass(frozen=True)
class EmployeeProgram(Dated):
    """A programme in which a member of staff works."""

    file = "employee_programs.csv"
    columns = (Column("employee_id", cells.code), Column("program_id", cells.code), *_span())
    needed = False

    employee_id: str
    program_id: str


@dataclass(frozen=True)
class Individual(Record):
    """A client."""

    file = "individuals.csv"
    columns = (Column("individual_id", cells.code),)
    needed = False

    individual_id: str


@dataclass(frozen=True)
class Enrolment(Dated):
    """A programme in which a client is enrolled."""

    file = "individual_programs.csv"
    columns = (Column("individual_id", cells.code), Column("program_id", cells.code), *_span())
    needed = False

    individual_id: str
    program_id: str


@dataclass(frozen=True)
class VisitType(Record):
    """A kind of visit."""

    file = "visit_types.csv"
    columns = (
        Column("visit_type_id", cells.code),
        Column("description", cells.title),
        Column("typical_minutes", cells.minutes, needed=False, blank=True),
    )

    visit_type_id: str
    description: str
    typical_minutes: int | None


@dataclass(frozen=True)
class Location(Record):
    """A place of work, or telehealth."""

    file = "locations.csv"
    columns = (Column("location_id", cells.code), Column("location_name", cells.title))

    location_id: str
    location_name: str


@dataclass(frozen=True)
class Visit(Record):
    """A visit, planned or past."""

    file = "visits.csv"
    columns: ClassVar[tuple[Column, ...]] = (
        Column("visit_id", cells.code),
        Column("individual_id", cells.code),
        Column("program_id", cells.code, needed=False, blank=True),
        Column("employee_id", cells.code),
        Column("visit_type_id", cells.code),
        Column("location_id", cells.code),
        Column("visit_status", cells.one_of(STATUSES)),
        Column("scheduled_start", cells.moment),
        Column("scheduled_duration_minutes", cells.minutes),
        Column("actual_start", cells.moment, needed=False, blank=True),
        Column("actual_duration_minutes", cells.minutes, needed=False, blank=True),
    )

    visit_id: str
    individual_id: str
    program_id: str | None
    employee_id: str
    visit_type_id: str
    location_id: str
    visit_status: str
    scheduled_start: datetime
    scheduled_duration_minutes: int
    actual_start: datetime | None
    actual_duration_minutes: int | None

    @property
    def began(self) -> datetime:
        """When a past visit began, as far as the export knows."""
        return self.actual_start or self.scheduled_start

    @property
    def lasted(self) -> int:
        """How many minutes a past visit took, as far as the export knows."""
        return self.actual_duration_minutes or self.scheduled_duration_minutes


@dataclass(frozen=True)
class PastVisit(Visit):
    """A visit with what is known of how it went."""

    columns: ClassVar[tuple[Column, ...]] = (
        *Visit.columns,
        Column("actual_end", cells.moment, needed=False, blank=True),
        Column("documented_at", cells.moment, needed=False, blank=True),
    )

    actual_end: datetime | None
    documented_at: datetime | None


RECORDS: tuple[type[Record], ...] = (
    Employee,
    Supervision,
    Program,
    EmployeeProgram,
    Individual,
    Enrolment,
    VisitType,
    Location,
    Visit,
)
"""Every file of an export, in the order in which faults are told."""
