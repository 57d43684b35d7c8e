"""``safeschedule import``: a record system's export becomes a problem."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD
from safeschedule.cli.outputs import OutputFile, Overwrite, check_apart, check_file, output_name, write_all

app = typer.Typer(no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Make a problem from another system's export."""


@app.command("ehr-csv")
def ehr_csv(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with the export's CSV files.")],
    week: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Any date of the week to plan.")
    ],
    output: OutputFile,
    bookings: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            callback=output_name,
            help="Also write the week as it is booked now, as a schedule.",
        ),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="What the export cannot say; see the reference.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Read the CSV export of a behavioural-health record system.

    Only codes are read: no names, no dates of birth.
    """
    from safeschedule.exchange.ehr_csv import import_ehr_csv
    from safeschedule.schedule import stated

    if bookings == output:
        raise typer.BadParameter("--bookings and --output name the same file")
    read = sorted(folder.iterdir()) if folder.is_dir() else []
    check_apart([output, bookings], [mapping, *read])
    check_file(output)
    if bookings is not None:
        check_file(bookings)
    problem, booked = import_ehr_csv(folder, week.date(), mapping)
    booked = stated("import ehr-csv", problem, booked)
    write_all([(output, problem), (bookings, booked)], overwrite=overwrite)
    to = console(err=STANDARD in (output, bookings))
    asked = f"{len(problem.clinicians)} clinicians, {len(problem.requests)} requests"
    to.print(f"{asked}, week of {problem.week_start}.")
    for name in (output, bookings):
        if name not in (None, STANDARD):
            to.print(f"Written: {name}", soft_wrap=True)
