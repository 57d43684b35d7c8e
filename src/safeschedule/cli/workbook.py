"""``safeschedule workbook``: a team's workbook, to fill in or of a problem."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.inputs import STANDARD, ProblemFile, read_problem
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, writing

app = typer.Typer(no_args_is_help=True)

Output = Annotated[
    str,
    typer.Option(
        "--output", "-o", metavar="TEAM.xlsx", callback=output_name, help="Where the workbook goes."
    ),
]


@app.callback()
def _group() -> None:
    """Write a workbook in which a team keeps its problem."""


@app.command("new")
def new(
    output: Annotated[str, typer.Argument(metavar="TEAM.xlsx", help="Where the workbook goes.")],
    overwrite: Overwrite = False,
) -> None:
    """Write an empty workbook: a sheet that explains, headings with comments, lists to choose from."""
    from safeschedule.exchange.workbook import empty_workbook

    check_file(_name(output))
    _write(output, empty_workbook(), overwrite=overwrite)


@app.command("from")
def from_(problem: ProblemFile, output: Output, overwrite: Overwrite = False) -> None:
    """Write the workbook of a problem; import xlsx reads it back."""
    from safeschedule.exchange.workbook import workbook_of

    check_apart([_name(output)], [problem])
    check_file(output)
    _write(output, workbook_of(read_problem(problem)), overwrite=overwrite)


def _name(output: str) -> str:
    if output == STANDARD:
        raise typer.BadParameter("a workbook goes to a file; name one")
    if Path(output).suffix.casefold() != ".xlsx":
        raise typer.BadParameter("the name of a workbook ends with .xlsx")
    return output


def _write(output: str, data: bytes, *, overwrite: bool) -> None:
    writing(lambda files: files.write(output, data), overwrite=overwrite)
    console().print(f"Written: {output}", soft_wrap=True)
