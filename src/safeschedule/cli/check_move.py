"""``safeschedule check-move``: what moving one appointment would break or cost."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from safeschedule.cli.console import complain, console, emit
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both
from safeschedule.cli.ledger.options import FromLedger, On, overrides_of
from safeschedule.cli.moments import moment
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name
from safeschedule.cli.suggest import At, Json
from safeschedule.cli.summary import hanging
from safeschedule.cli.taking import write_taken

Code = Annotated[
    str,
    typer.Option("--request", metavar="ID", help="The code of the appointment's request, or of its group."),
]
To = Annotated[str | None, typer.Option("--to", metavar="TIME", help="Its new start, as 2026-10-06T10:00.")]
Who = Annotated[
    list[str] | None,
    typer.Option("--clinician", metavar="CODE", help="Who gives it; once for each of several."),
]
How = Annotated[str | None, typer.Option("--mode", metavar="MODE", help="in_person or telehealth.")]
Site = Annotated[str | None, typer.Option("--site", metavar="CODE", help="At which site.")]
Room = Annotated[str | None, typer.Option("--room", metavar="CODE", help="In which room.")]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="Where the schedule with the move goes, or -.",
    ),
]


def check_move(
    problem: ProblemFile,
    schedule: ScheduleFile,
    request: Code,
    at: At = None,
    to: To = None,
    clinician: Who = None,
    mode: How = None,
    site: Site = None,
    room: Room = None,
    output: Output = None,
    ledger: FromLedger = None,
    on: On = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell what moving one appointment would break, mend and cost, before it is made.

    -o writes the schedule with the move only if that breaks nothing that is kept now.
    """
    from safeschedule.suggesting import check_move

    if all(option is None for option in (to, clinician, mode, site, room)):
        raise typer.BadParameter("expected at least one of --to, --clinician, --mode, --site and --room")
    if as_json and output == STANDARD:
        raise typer.BadParameter("--json and -o - would both write to standard output")
    when = None if at is None else moment(at, "--at")
    start = None if to is None else moment(to, "--to")
    check_apart([output], [problem, schedule])
    if output is not None:
        check_file(output)
    given, week = read_both(problem, schedule)
    overrides = overrides_of(ledger, on)
    check = check_move(
        given,
        week,
        request,
        at=when,
        to=start,
        clinician=clinician,
        mode=mode,
        site=site,
        room=room,
        overrides=overrides,
    )
    written = output is not None and check.allowed
    if output is not None and written:
        made = check.schedule
        write_taken("check-move", output, given, week, made, overwrite=overwrite, overrides=overrides)
    if as_json:
        emit(json.dumps(check.to_dict(brief=True), ensure_ascii=False))
    else:
        to_ = console(err=output == STANDARD)
        for line in check.sentences():
            hanging(to_, line, indent=0)
        if output is not None and output != STANDARD and written:
            to_.print(f"Written: {output}", soft_wrap=True)
    if not check.allowed:
        if output is not None:
            complain("Nothing was written.")
        raise typer.Exit(1)
