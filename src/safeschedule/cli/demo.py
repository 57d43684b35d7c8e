"""``safeschedule demo``: plan the bundled sample week."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.moments import dated
from safeschedule.cli.outputs import Overwrite, check_folder
from safeschedule.cli.rota_files import CALENDARS, PAGE, TABLE, write_solved
from safeschedule.cli.solve import no_schedule
from safeschedule.cli.summary import print_planned
from safeschedule.cli.watching import Options, solve_watched


def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go.")] = Path("demo-out"),
    time_limit: Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="Longest search.")] = 30.0,
    overwrite: Overwrite = False,
) -> None:
    """Plan the week of a made-up team of eight, check it, and write all kinds of files."""
    from safeschedule.samples import sample

    check_folder(out)
    problem = sample()
    result = solve_watched(problem, Options(time_limit=time_limit))
    if result.schedule is None:
        no_schedule(result)
        raise typer.Exit(1)
    schedule = dated(result.schedule)
    result = replace(result, schedule=schedule)
    entities = ((str(out / "problem.json"), problem), (str(out / "schedule.json"), schedule))
    write_solved(problem, result, entities, out, overwrite=overwrite)
    to = console()
    print_planned(to, problem, result)
    to.print(f"In {out}:", style="bold", soft_wrap=True)
    for name, what in _FILES.items():
        to.print(f"  {name:<14} {what}")


_FILES = {
    PAGE: "the week as a page, to read and print",
    TABLE: "the week as a table, for a spreadsheet",
    f"{CALENDARS}/": "a calendar for each clinician",
    "problem.json": "what was given",
    "schedule.json": "what came out",
}
