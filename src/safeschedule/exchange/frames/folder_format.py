"""The two formats that write frames into a folder: they differ in the form of the files alone."""

from __future__ import annotations

from pathlib import Path

from safeschedule.exchange.formats.format import Export, Format, Given, Imported, Importer, Writer


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
            f"a folder of data frames in {word}, for statistics", lambda e: _write(e, form), folder=True
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
    from safeschedule.exchange.frames.folder import CSV, csv_files, parquet_files, write_files
    from safeschedule.exchange.frames.outcome import account_columns, week_columns
    from safeschedule.verifier import verify

    problem, schedule = export.problem, export.schedule
    columns = {
        **columns_of(problem),
        **week_columns(problem, schedule),
        **account_columns(problem, verify(problem, schedule)),
    }
    data = csv_files(columns) if form == CSV else parquet_files(columns)
    write_files(data, export.path, form, export.files)
    return []


def _import(folder: Path) -> Imported:
    from safeschedule.exchange.frames.folder import problem_columns
    from safeschedule.exchange.frames.reading import problem_of_columns

    return Imported(problem_of_columns(problem_columns(folder), what=f"frames of {folder.name}"))
