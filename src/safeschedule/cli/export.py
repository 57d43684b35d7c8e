"""``safeschedule export``: a schedule as a spreadsheet, calendars or a page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both, read_week
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, check_folder, output_name, writing
from safeschedule.cli.rota_files import calendar_stamp
from safeschedule.cli.summary import hanging, print_provenance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from safeschedule.exchange.ics import CalendarFiles
    from safeschedule.exchange.writing import Files
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


class Format(StrEnum):
    """What a schedule can become."""

    CSV = "csv"
    ICS = "ics"
    HTML = "html"


Since = Annotated[
    str | None,
    typer.Option(
        metavar="SCHEDULE",
        help="For ics: the schedule that people have; what it had beside is called off.",
    ),
]


def export(
    form: Annotated[Format, typer.Argument(metavar="csv|ics|html", help="What to make.")],
    problem: ProblemFile,
    schedule: ScheduleFile,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            callback=output_name,
            help="The file; for ics, the folder of calendars.",
        ),
    ],
    since: Since = None,
    overwrite: Overwrite = False,
) -> None:
    """Write a schedule as a table (csv), one calendar a clinician (ics), or a page to print (html)."""
    if output == STANDARD:
        raise typer.BadParameter("exports go to files; name one with -o")
    if since is not None and form is not Format.ICS:
        raise typer.BadParameter("--since is for calendars")
    if since == STANDARD:
        raise typer.BadParameter("--since needs a file")
    path = Path(output)
    check_apart([path], [problem, schedule, since])
    if form is Format.ICS:
        check_folder(path)
    else:
        check_file(output)
    given, week = read_both(problem, schedule)
    if since is not None:
        from safeschedule.schedule import following

        stamp = calendar_stamp(week, schedule)
        week = following(week, read_week(given, since))
    else:
        stamp = calendar_stamp(week, schedule)
    notes: list[str] = []
    writing(lambda files: notes.extend(_write(form, given, week, path, stamp, files)), overwrite=overwrite)
    console().print(f"Written: {output}", soft_wrap=True)
    print_provenance(console(err=True), given, week)
    for note in notes:
        hanging(console(), note, indent=0)


def _write(
    form: Format, problem: Problem, schedule: Schedule, path: Path, stamp: datetime | None, files: Files
) -> list[str]:
    """Write it, and return what is to be said."""
    if form is Format.CSV:
        from safeschedule.exchange.csv_rota import rota_csv

        files.write(path, rota_csv(problem, schedule))
        return []
    if form is Format.ICS:
        from safeschedule.exchange.ics import write_ics

        written = write_ics(problem, schedule, path, stamp=stamp, files=files)
        return list(_said(written))
    from safeschedule.reports.html import rota_html
    from safeschedule.verifier import verify

    files.write(path, rota_html(problem, schedule, verify(problem, schedule)).encode())
    return []


def _said(written: CalendarFiles) -> Iterator[str]:
    for code, messages in sorted(written.messages.items()):
        events = "1 event is" if len(messages) == 1 else f"{len(messages)} events are"
        yield f"{events} called off for {code}: {messages[0].parent}"
    for path in written.set_aside:
        yield f"An old calendar is no longer there: {path}"
