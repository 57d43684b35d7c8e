"""``safeschedule capacity``: from explicit assumptions to what a service can sustain, line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import STANDARD, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity, write_text
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload.capacity import SustainableCapacity

File = Annotated[
    str | None, typer.Argument(metavar="[ASSUMPTIONS.toml]", help="The assumptions; see --example.")
]
Example = Annotated[
    bool,
    typer.Option("--example", help="Write a file of assumptions to begin with, to -o or standard output."),
]
ProblemName = Annotated[
    str | None, typer.Option("--problem", metavar="PROBLEM", help="A problem whose rulebook holds.")
]
TeamFile = Annotated[
    str | None,
    typer.Option(
        "--team", metavar="FILE", callback=output_name, help="Write a team that asks for what is promised."
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", callback=output_name, help="With --example: where it goes."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def capacity(
    assumptions: File = None,
    example: Example = False,
    problem: ProblemName = None,
    team: TeamFile = None,
    output: Output = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell what a full-time clinician can sustain, the staff that a demand needs, and what more would cost.

    Every line of the sum is shown: how it is reckoned, from which figures, and where it comes from.
    """
    from safeschedule.caseload.capacity import (
        capacity_of,
        capacity_team,
        example_assumptions,
        read_capacity_assumptions,
    )

    if example == (assumptions is not None):
        raise typer.BadParameter("give either a file of assumptions, or --example")
    if example and (problem is not None or team is not None or as_json):
        raise typer.BadParameter("--example writes a file, and takes nothing but -o")
    if output is not None and not example:
        raise typer.BadParameter("-o belongs to --example; --team names the file of a team")
    if as_json and team == STANDARD:
        raise typer.BadParameter("--json and --team - would both write to standard output")
    check_apart([output, team], [assumptions, problem])
    if assumptions is None:
        write_text(output or STANDARD, example_assumptions(), overwrite=overwrite)
        return
    if team is not None:
        check_file(team)
    given = read_capacity_assumptions(assumptions)
    book = None if problem is None else read_problem(problem).rulebook
    found = capacity_of(given, book)
    if team is not None:
        write_entity(team, capacity_team(given, rulebook=book).problem, overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    to = console(err=team == STANDARD)
    _tell(to, found)
    if team not in (None, STANDARD):
        to.print(f"Written: {team}", soft_wrap=True)


def _tell(to: Console, found: SustainableCapacity) -> None:
    from safeschedule.caseload.capacity.answers import plain_figure

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("line", "result", "", "how, and from what"):
        table.add_column(name, justify="right" if name == "result" else "left")
    for line in found.lines:
        figures = ", ".join(f"{name} {plain_figure(value)}" for name, value in line.figures.items())
        how = f"{line.formula} ({figures})" if figures else line.formula
        table.add_row(
            plain(line.title), plain_figure(line.result), line.unit, plain(f"{how} [{line.source}]")
        )
    to.print(table)
    for sentence in found.sentences():
        hanging(to, sentence, indent=0)
