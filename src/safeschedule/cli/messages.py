"""``safeschedule messages``: what is answered in which coordination block, and what has no place."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name, write_entity
from safeschedule.cli.summary import hanging

Assign = Annotated[
    str | None,
    typer.Option(
        "--assign",
        metavar="FILE",
        callback=output_name,
        help="Write the problem in which everybody who is proposed has what was nobody's.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def messages(
    problem: ProblemFile,
    schedule: ScheduleFile,
    assign: Assign = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell what is answered in which coordination block, in time, and what has no place.

    Of what is nobody's it tells who could answer it; --assign accepts that.
    """
    from safeschedule.caseload.messages import message_queue, with_owners

    if as_json and assign == STANDARD:
        raise typer.BadParameter("--json and --assign - would both write to standard output")
    check_apart([assign], [problem, schedule])
    if assign is not None:
        check_file(assign)
    given, week = read_both(problem, schedule)
    found = message_queue(given, week)
    if assign is not None:
        write_entity(assign, with_owners(given, found), overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        to = console(err=assign == STANDARD)
        for line in str(found).splitlines():
            hanging(to, line.lstrip(), indent=4 if line.startswith("  ") else 2)
        if assign not in (None, STANDARD):
            to.print(f"Written: {assign}", soft_wrap=True)
