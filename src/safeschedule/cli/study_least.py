"""``safeschedule study least``: the smallest team with which a target is reached."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console, emit, plain
from safeschedule.cli.inputs import ProblemFile, read_problem
from safeschedule.cli.outputs import check_folder
from safeschedule.cli.solve import Json, Quiet, number

if TYPE_CHECKING:
    from safeschedule.study.least import StaffStep

Like = Annotated[str, typer.Option("--like", metavar="CODE", help="Whom clinicians who come are like.")]
Target = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, metavar="SHARE", callback=number, help="Share of what is asked for."),
]
Most = Annotated[int, typer.Option(min=0, max=50, metavar="N", help="How many may come.")]
Leaving = Annotated[
    list[str] | None,
    typer.Option("--leaving", metavar="CODE", help="Who may leave; repeatable."),
]
Limit = Annotated[
    float,
    typer.Option(min=0.001, metavar="D", callback=number, help="Of a search, in the solver's own units."),
]
Ceiling = Annotated[
    float | None,
    typer.Option(min=0.1, metavar="SECONDS", callback=number, help="Longest search."),
]
Kept = Annotated[
    Path | None, typer.Option("--keep", metavar="FOLDER", help="Where runs are kept, and not solved twice.")
]


def least(
    problem: ProblemFile,
    like: Like,
    target: Target = 0.95,
    most: Most = 4,
    leaving: Leaving = None,
    limit: Limit = 1.0,
    ceiling: Ceiling = None,
    keep: Kept = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Search for the smallest team with which so many of the sessions asked for are placed.

    What is proven of a team that is one smaller is said.
    """
    from safeschedule.study.least import least_staff

    if keep is not None:
        check_folder(keep)
    given = read_problem(problem)

    def tell(step: StaffStep) -> None:
        if not quiet:
            console(err=True).print(plain(str(step)), soft_wrap=True)

    found = least_staff(
        given,
        like,
        target,
        most=most,
        leaving=tuple(leaving or ()),
        limit=limit,
        ceiling=ceiling,
        folder=keep,
        on_step=tell,
    )
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=False))
    else:
        console().print(plain(str(found)), soft_wrap=True)
    if found.least is None:
        raise typer.Exit(1)
