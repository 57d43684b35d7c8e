"""``safeschedule export``: a schedule as a spreadsheet, calendars or a page."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both
from safeschedule.cli.outputs import check_file, check_folder, writing
from safeschedule.cli.rota_files import revision

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule


class Format(StrEnum):
    """What a schedule can become."""

    CSV = "csv"
    ICS = "ics"
    HTML = "html"


def export(
    form: Annotated[Format, typer.Argument(metavar="csv|ics|html", help="What to make.")],
    problem: ProblemFile,
    schedule: ScheduleFile,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="PATH", help="The file; for ics, the folder of calendars."),
    ],
) -> None:
    """Write a schedule as a table (csv), one calendar a clinician (ics), or a page to print (html)."""
    if output == STANDARD:
        raise typer.BadParameter("exports go to files; name one with -o")
    path = Path(output)
    if form is Format.ICS:
        check_folder(path)
    else:
        check_file(output)
    given, week = read_both(problem, schedule)
    writing(lambda: _write(form, given, week, path))
    console().print(f"Written: {output}", soft_wrap=True)


def _write(form: Format, problem: Problem, schedule: Schedule, path: Path) -> None:
    if form is Format.CSV:
        from safeschedule.exchange.csv_rota import write_csv

        write_csv(problem, schedule, path)
    elif form is Format.ICS:
        from safeschedule.exchange.ics import write_ics

        write_ics(problem, schedule, path, **revision())
    else:
        from safeschedule.reports.html import write_html
        from safeschedule.verifier import verify

        write_html(problem, schedule, verify(problem, schedule), path)
