"""The two formats that write frames into a folder: they differ in the form of the files alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from safeschedule.exchange.formats.format import (
    Export,
    Format,
    Given,
    Imported,
    Importer,
    ProblemExport,
    Writer,
)

if TYPE_CHECKING:
    from safeschedule.exchange.frames.flattening import Columns
    from safeschedule.exchange.writing import Files


def folder_format(name: str, form: str, word: str) -> Format:
    """Return the format of folders with files of one form.

    Parameters
    ----------
    name
        The word on the command line.
    form
        The ending of the files.
    word
        What the form is called.
    """

    def recognises(given: Given) -> bool:
        return isinstance(given.source, Path) and (given.source / f"clinicians.{form}").is_file()

    return Format(
        name=name,
        writes=Writer(
            f"a folder of data frames in {word}, for statistics",
            lambda e: _write(e, form),
            folder=True,
            alone=lambda e: _write_alone(e, form),
        ),
        imports=Importer(
            about=f"Read a problem from a folder of data frames in {word}, as export {name} writes it",
            details="Frames of a week that was planned may lie beside and are not read. Every command that "
            "takes a PROBLEM takes such a folder, too.",
            source="FOLDER",
            help=f"Folder with clinicians.{form} and others.",
            read=_import,
            recognises=recognises,
        ),
    )


def _write(export: Export, form: str) -> list[str]:
    from safeschedule.exchange.frames.flattening import columns_of
    from safeschedule.exchange.frames.outcome import account_columns, week_columns
    from safeschedule.verifier import verify

    problem, schedule = export.problem, export.schedule
    columns = {
        **columns_of(problem),
        **week_columns(problem, schedule),
        **account_columns(problem, verify(problem, schedule)),
    }
    _put(columns, export.path, form, export.files)
    return []


def _write_alone(export: ProblemExport, form: str) -> list[str]:
    from safeschedule.exchange.frames.flattening import columns_of

    _put(columns_of(export.problem), export.path, form, export.files)
    return []


def _put(columns: Mapping[str, Columns], path: Path, form: str, files: Files) -> None:
    from safeschedule.exchange.frames.folder import CSV, csv_files, parquet_files, write_files

    data = csv_files(columns) if form == CSV else parquet_files(columns)
    write_files(data, path, form, files)


def _import(folder: Path) -> Imported:
    from safeschedule.exchange.frames.folder import problem_columns
    from safeschedule.exchange.frames.reading import problem_of_columns

    return Imported(problem_of_columns(problem_columns(folder), what=f"frames of {folder.name}"))
