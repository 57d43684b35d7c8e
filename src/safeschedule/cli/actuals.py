"""``safeschedule actuals``: what really happened, from another system's export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.outputs import Overwrite, check_apart, check_folder, writing

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
