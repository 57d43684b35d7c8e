"""A team's workbook: a problem as XLSX or ODS, as people fill it in."""

from __future__ import annotations

from pathlib import Path

from safeschedule.exchange.formats.format import Format, Given, Imported, Importer, ImportOption

_ENDINGS = (".xlsx", ".xlsm", ".ods")


def _recognises(given: Given) -> bool:
    """Say whether a file is a workbook: by its name, or by being packed as one."""
    return Path(given.name).suffix.casefold() in _ENDINGS or given.beginning.startswith(b"PK\x03\x04")


def _import(path: Path, marked: Path | None = None) -> Imported:
    from safeschedule.errors import InputError
    from safeschedule.exchange.workbook import workbook_problem

    reading = workbook_problem(path)
    if reading.problem is None and marked is not None:
        from safeschedule.exchange.workbook.marking import marked_copy
        from safeschedule.exchange.writing import write_atomically

        write_atomically(marked, marked_copy(path, reading.faults), keep_old=True)
        told = f"{reading.name} (marked in {marked.name})"
        raise InputError(told, [located.fault for located in reading.faults])
    return Imported(reading.require(), notes=tuple(reading.lines()))


FORMAT = Format(
    name="xlsx",
    about="Read a team's workbook (XLSX or ODS), as workbook new or workbook from makes it",
    details="What is read in another way than it is written is listed. Every command that takes a PROBLEM "
    "takes a workbook, too.",
    imports=Importer(
        source="TEAM.xlsx",
        help="The workbook.",
        read=_import,
        options=(
            ImportOption(
                "marked",
                Path,
                "Where a copy of the workbook goes if it has faults, with these as comments of its cells.",
                "FILE.xlsx",
                written=True,
            ),
        ),
        recognises=_recognises,
    ),
)
