"""The registry of formats. A format is one module here, one line below, and one round-trip test."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from safeschedule.exchange.formats.format import Format, Given, Importer, Reader, Recorder, Writer

__all__ = ["exporters", "formats", "importers", "problem_importer", "recorders", "schedule_reader"]

# One line a format, in the order of help texts. A module says in `FORMAT` what it is good for.
_MODULES = (
    "rota_csv",
    "calendars",
    "feeds",
    "page",
    "ehr_csv",
    "fhir",
    "workbook",
    "parquet",
    "csv_folder",
)


@cache
def formats() -> tuple[Format, ...]:
    """Return every format."""
    found = []
    for name in _MODULES:
        entry = import_module(f"{__name__}.{name}").FORMAT
        assert isinstance(entry, Format)
        found.append(entry)
    return tuple(found)


def exporters() -> dict[str, Writer]:
    """Return how a schedule is written, by the word for it."""
    return {entry.name: entry.writes for entry in formats() if entry.writes is not None}


def importers() -> dict[str, Importer]:
    """Return how a problem is imported, by the word for it."""
    return {entry.name: entry.imports for entry in formats() if entry.imports is not None}


def recorders() -> dict[str, Recorder]:
    """Return how what happened in a week is read and written, by the word for it."""
    return {entry.name: entry.records for entry in formats() if entry.records is not None}


def schedule_reader(given: Given) -> Reader | None:
    """Return how a schedule file is read; ``None``: as JSON."""
    readers = (entry.reads for entry in formats() if entry.reads is not None)
    return next((reader for reader in readers if reader.recognises(given)), None)


def problem_importer(given: Given) -> Importer | None:
    """Return how a problem file is read; ``None``: as JSON."""
    found = (own for own in importers().values() if own.recognises is not None and own.recognises(given))
    return next(found, None)
