"""``safeschedule generate``: make up a team's week."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD
from safeschedule.cli.outputs import OutputFile, Overwrite, check_file, write_entity


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
    overwrite: Overwrite = False,
) -> None:
    """Make up a realistic week of a team, to try things on; no person stands behind any code."""
    from safeschedule.samples import generate, with_interpreters

    check_file(output)
    try:
        problem = generate(clinicians, seed, profile=profile, week_start=week.date(), features=having or ())
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    if interpreters:
        problem = with_interpreters(problem, interpreters, seed=seed)
    write_entity(output, problem, overwrite=overwrite)
    if output != STANDARD:
        sessions = sum(request.count for request in problem.requests)
        people = f"{len(problem.clinicians)} clinicians, {len(problem.clients)} clients"
        console().print(f"{people}, {sessions} sessions asked for.")
        console().print(f"Written: {output}", soft_wrap=True)
