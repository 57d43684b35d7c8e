"""``safeschedule actuals``: what really happened, from another system's export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD
from safeschedule.cli.outputs import (
    Overwrite,
    check_apart,
    check_file,
    check_folder,
    output_name,
    writing,
)
from safeschedule.exchange.formats import recorders
from safeschedule.problem.showing import show

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.actuals import Actuals
    from safeschedule.exchange.writing import Files

ActualsFolder = Annotated[
    Path,
    typer.Option("--actuals", metavar="FOLDER", help="What happened: a folder with a file for each week."),
]

_ABOUT = ("schema_version", "name", "week_start", "time_zone")

app = typer.Typer(no_args_is_help=True)
imports = typer.Typer(no_args_is_help=True)
app.add_typer(imports, name="import", short_help="Read what happened from another system's export.")


@app.callback()
def _group() -> None:
    """Read what really happened in past weeks."""


@imports.callback()
def _imports() -> None:
    """Read what happened from another system's export; one file for each week is written."""


@imports.command("ehr-csv")
def ehr_csv(
    source: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder with the export's CSV files.")],
    week: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Any date of the first week.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for a file for each week.")
    ],
    weeks: Annotated[int, typer.Option(min=1, max=520, metavar="N", help="How many weeks.")] = 1,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="What the export cannot say; see the reference.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Read the CSV export of a behavioural-health record system: visits with outcome, times and notes.

    What the export does not hold stays empty. Only codes are read: no names, no dates of birth.
    """
    from safeschedule.exchange.ehr_csv import import_ehr_actuals

    found_there = sorted(source.iterdir()) if source.is_dir() else []
    check_apart([output], [*found_there, source, mapping])
    check_folder(output)
    found = import_ehr_actuals(source, week.date(), weeks, mapping)
    write_actuals(output, found, overwrite=overwrite)
    tell_written(console(), output, found)


def _known(name: str) -> str:
    if name not in recorders():
        raise typer.BadParameter(f"expected one of {', '.join(recorders())}")
    return name


@app.command("export", short_help="Write a week in another format, to fill in.")
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="|".join(recorders()),
            callback=_known,
            help=f"{', '.join(f'{each.about} ({name})' for name, each in recorders().items())}.",
        ),
    ],
    week: Annotated[Path, typer.Argument(metavar="WEEK.json", help="What happened in a week.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", callback=output_name, help="Where it goes.")
    ],
    overwrite: Overwrite = False,
) -> None:
    """Write what happened in a week in another format.

    A list that nobody recorded has no sheet; one with headings alone says that there were none.
    """
    from safeschedule.actuals import read_actuals

    if output == STANDARD:
        raise typer.BadParameter("exports go to files; name one with -o")
    check_apart([output], [week])
    check_file(output)
    data = recorders()[form].write(read_actuals(week))
    writing(lambda files: files.write(Path(output), data), overwrite=overwrite)
    console().print(f"Written: {output}", soft_wrap=True)


@imports.command("xlsx")
def xlsx(
    source: Annotated[list[Path], typer.Argument(metavar="WEEK.xlsx...", help="Workbooks, one a week.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder for a file for each week.")
    ],
    overwrite: Overwrite = False,
) -> None:
    """Read workbooks that people have filled in, as actuals export xlsx writes them; one file a week.

    Every fault of every workbook is told with its cell, and then nothing is written.
    """
    from safeschedule.errors import Fault, InputError

    check_apart([output], source)
    check_folder(output)
    found: dict[date, Actuals] = {}
    faults: list[Fault] = []
    for path in source:
        try:
            week = recorders()["xlsx"].read(path)
        except InputError as error:
            name = show(path.name)[1:-1]
            faults += [replace(fault, place=f"{name} {fault.place}") for fault in error.faults]
            continue
        if week.week_start in found:
            place = show(path.name)[1:-1]
            faults.append(Fault("duplicate", place, str(week.week_start), "one workbook for each week"))
        found[week.week_start] = week
    if faults:
        raise InputError("workbooks of actuals", faults)
    weeks = [found[start] for start in sorted(found)]
    write_actuals(output, weeks, overwrite=overwrite)
    tell_written(console(), output, weeks)


def write_actuals(folder: Path, weeks: Sequence[Actuals], *, overwrite: bool) -> None:
    """Write one file for each week into a folder, all or none."""
    from safeschedule.exchange.json_text import as_text

    def write(files: Files) -> None:
        place = files.folder(folder)
        for week in weeks:
            files.write(place / f"{week.week_start}.json", as_text(week).encode())

    writing(write, overwrite=overwrite)


def tell_written(to: Console, folder: Path, weeks: Sequence[Actuals]) -> None:
    """Say how many weeks were written, and which lists nobody has recorded in any of them."""
    lists = [name for name in type(weeks[0]).model_fields if name not in _ABOUT]
    empty = [name for name in lists if all(getattr(week, name) is None for week in weeks)]
    visits = sum(len(week.visits or ()) for week in weeks)
    to.print(f"{len(weeks)} weeks, {visits} visits.")
    if empty:
        to.print(f"Not recorded, and so not known: {', '.join(empty)}.", soft_wrap=True)
    to.print(f"Written: {folder}", soft_wrap=True)
