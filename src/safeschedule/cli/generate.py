"""``safeschedule generate``: make up a team's week."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.actuals import tell_written, write_actuals
from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD
from safeschedule.cli.outputs import OutputFile, Overwrite, check_file, check_folder, write_entity


def generate(
    output: OutputFile,
    clinicians: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many clinicians the team has.")
    ] = 8,
    seed: Annotated[int, typer.Option(min=0, metavar="S", help="The same seed gives the same week.")] = 0,
    profile: Annotated[
        str, typer.Option(metavar="P", help="Kind of team, such as community or trauma.")
    ] = "community",
    having: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="FEATURE",
            help="What the team has besides, such as nights or closures; all for everything. Repeatable.",
        ),
    ] = None,
    week: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DATE", show_default="2026-10-05", help="The week's Monday."
        ),
    ] = datetime(2026, 10, 5),
    interpreters: Annotated[
        float,
        typer.Option(min=0, max=1, metavar="SHARE", help="Share of clients who need an interpreter."),
    ] = 0,
    actuals: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Also make up what happened in the weeks before: a file for each."
        ),
    ] = None,
    past_weeks: Annotated[
        int, typer.Option(min=1, max=104, metavar="N", help="How many weeks before, with --actuals.")
    ] = 12,
    overwrite: Overwrite = False,
) -> None:
    """Make up a realistic week of a team, to try things on; no person stands behind any code."""
    from safeschedule.samples import generate, with_interpreters

    check_file(output)
    if actuals is not None:
        check_folder(actuals)
    try:
        problem = generate(clinicians, seed, profile=profile, week_start=week.date(), features=having or ())
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if interpreters:
        problem = with_interpreters(problem, interpreters, seed=seed)
    write_entity(output, problem, overwrite=overwrite)
    to = console(err=output == STANDARD)
    if output != STANDARD:
        sessions = sum(request.count for request in problem.requests)
        people = f"{len(problem.clinicians)} clinicians, {len(problem.clients)} clients"
        to.print(f"{people}, {sessions} sessions asked for.")
        to.print(f"Written: {output}", soft_wrap=True)
    if actuals is not None:
        from safeschedule.samples import generate_actuals

        weeks = generate_actuals(problem, seed, past_weeks)
        write_actuals(actuals, weeks, overwrite=overwrite)
        tell_written(to, actuals, weeks)
