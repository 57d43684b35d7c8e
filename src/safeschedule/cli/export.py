"""``safeschedule export``: a schedule in one of the formats of the registry."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both, read_week
from safeschedule.cli.ledger.options import FromLedger, On, overrides_of
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, check_folder, output_name, writing
from safeschedule.cli.rota_files import calendar_stamp
from safeschedule.cli.summary import hanging, print_provenance
from safeschedule.exchange.formats import exporters
from safeschedule.exchange.formats.format import Export

Since = Annotated[
    str | None,
    typer.Option(
        metavar="SCHEDULE",
        help="For ics: the schedule that people have; what it had beside is called off.",
    ),
]


def _forms() -> str:
    """Return what there is, in words."""
    told = [f"{writer.about} ({name})" for name, writer in exporters().items()]
    return f"{', '.join(told[:-1])}, or {told[-1]}".capitalize()


def _known(name: str) -> str:
    if name not in exporters():
        raise typer.BadParameter(f"expected one of {', '.join(exporters())}")
    return name


def export(
    form: Annotated[str, typer.Argument(metavar="|".join(exporters()), callback=_known, help=f"{_forms()}.")],
    problem: ProblemFile,
    schedule: ScheduleFile,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            callback=output_name,
            help="The file; for ics, parquet and csv-folder, the folder.",
        ),
    ],
    since: Since = None,
    ledger: FromLedger = None,
    on: On = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a schedule in another format."""
    if output == STANDARD:
        raise typer.BadParameter("exports go to files; name one with -o")
    writer = exporters()[form]
    if since is not None and not writer.continues:
        raise typer.BadParameter("--since is for calendars")
    if ledger is not None and not writer.verifies:
        raise typer.BadParameter("--ledger is for formats that tell what the verifier says")
    if since == STANDARD:
        raise typer.BadParameter("--since needs a file")
    path = Path(output)
    check_apart([path], [problem, schedule, since])
    if writer.folder:
        check_folder(path)
    else:
        check_file(output)
    given, week = read_both(problem, schedule)
    overrides = overrides_of(ledger, on)
    if since is not None:
        from safeschedule.schedule import following

        stamp = calendar_stamp(week, schedule)
        week = following(week, read_week(given, since))
    else:
        stamp = calendar_stamp(week, schedule)
    notes: list[str] = []
    writing(
        lambda files: notes.extend(writer.write(Export(given, week, path, stamp, files, overrides))),
        overwrite=overwrite,
    )
    console().print(f"Written: {output}", soft_wrap=True)
    print_provenance(console(err=True), given, week)
    for note in notes:
        hanging(console(), note, indent=0)
