"""FHIR R4: what an electronic health record or a booking page exchanges."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from safeschedule.exchange.formats.format import (
    Export,
    Format,
    Given,
    Imported,
    Importer,
    ImportOption,
    ProblemExport,
    Reader,
    Writer,
)

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


def _recognises(given: Given) -> bool:
    """Say whether a file is of FHIR resources: by its first bytes, for names say nothing."""
    start = given.beginning.decode(errors="replace").lstrip("\ufeff \r\n\t")
    return start.startswith("{") and '"resourceType"' in start


def _write(export: Export) -> list[str]:
    from safeschedule.exchange.fhir import fhir_schedule
    from safeschedule.exchange.fhir.bundles import as_bytes

    made = fhir_schedule(export.problem, export.schedule, export.free)
    export.files.write(export.path, as_bytes(made))
    return []


def _write_alone(export: ProblemExport) -> list[str]:
    from safeschedule.exchange.fhir import fhir_problem
    from safeschedule.exchange.fhir.bundles import as_bytes

    export.files.write(export.path, as_bytes(fhir_problem(export.problem)))
    return []


def _read(problem: Problem, given: Given) -> Schedule:
    from safeschedule.exchange.fhir import read_fhir_schedule

    return read_fhir_schedule(problem, given.source)


def _notes(problem: Problem, given: Given) -> list[str]:
    from safeschedule.exchange.fhir.reading.importing import read_week_and_notes

    return read_week_and_notes(problem, given.source)[1]


def _import(
    source: Path | TextIO,
    week: date | None = None,
    time_zone: str | None = None,
    minutes: int | None = None,
    supervisors: str | None = None,
) -> Imported:
    from safeschedule.exchange.fhir import import_fhir

    codes = [code.strip() for code in (supervisors or "").split(",") if code.strip()]
    found = import_fhir(source, week, time_zone, minutes, codes)
    return Imported(found.problem, found.schedule, found.notes)


FORMAT = Format(
    name="fhir",
    writes=Writer("a FHIR R4 Bundle", _write, offers=True, alone=_write_alone),
    reads=Reader(_recognises, _read, _notes),
    imports=Importer(
        about="Read FHIR R4 resources: a Bundle, one resource, NDJSON, or a folder of these",
        details="Only codes are read: no names, no dates of birth, no texts. What is read in another way "
        "than it is written is listed. Every command that takes a PROBLEM takes one that was written here.",
        source="SOURCE",
        help="The file or folder.",
        read=_import,
        options=(
            ImportOption("week", date, "Any date of the week, where the file does not say it.", "DATE"),
            ImportOption(
                "time_zone", str, "The time zone of the team, where the file does not say it.", "ZONE"
            ),
            ImportOption("minutes", int, "How long sessions last, where the file does not say it.", "N"),
            ImportOption(
                "supervisors", str, "Who supervises, where the file does not say it.", "CODE,CODE,..."
            ),
        ),
        books=True,
        recognises=_recognises,
    ),
)
