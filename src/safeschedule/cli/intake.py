"""``safeschedule intake``: who can take a new client, or why nobody can."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import complain, console, emit
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both, source
from safeschedule.cli.ledger.options import On, TheirLedger, view_of
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name
from safeschedule.cli.summary import hanging
from safeschedule.cli.taking import write_taken

if TYPE_CHECKING:
    import threading

    from safeschedule.caseload.panels import ExpectedChanges
    from safeschedule.ledger import LedgerView
    from safeschedule.problem import Problem
    from safeschedule.routing import IntakeRouting
    from safeschedule.schedule import Schedule

New = Annotated[
    str | None,
    typer.Option("--client", metavar="NEW.json", help="The new client, perhaps with a request (JSON)."),
]
Waiting = Annotated[
    str | None, typer.Option("--waiting", metavar="CODE", help="A client of the problem who waits.")
]
Number = Annotated[int, typer.Option("-n", min=1, max=20, metavar="N", help="How many proposals at most.")]
Weeks = Annotated[
    int, typer.Option(min=1, max=52, metavar="N", help="Weeks to look at when nobody can in this one.")
]
Expected = Annotated[str | None, typer.Option(metavar="FILE", help="Known discharges (JSON).")]
Take = Annotated[
    int | None,
    typer.Option("--take", min=1, metavar="K", help="Write the schedule with proposal K to -o."),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", callback=output_name, help="Where that schedule goes."),
]
ProblemOut = Annotated[
    str | None,
    typer.Option(
        "--problem-out", metavar="FILE", callback=output_name, help="Where the problem with the client goes."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def intake(
    problem: ProblemFile,
    schedule: ScheduleFile,
    client: New = None,
    waiting: Waiting = None,
    number: Number = 3,
    weeks: Weeks = 8,
    expected: Expected = None,
    ledger: TheirLedger = None,
    on: On = None,
    take: Take = None,
    output: Output = None,
    problem_out: ProblemOut = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """Tell who can take a new client, by points, caps, skills, hours and a first session in the real week.

    When nobody can, it says why of each clinician, from which week somebody can, and what there is instead.
    """
    if (client is None) == (waiting is None):
        raise typer.BadParameter("expected either --client or --waiting")
    if len({take is None, output is None, problem_out is None}) > 1:
        raise typer.BadParameter("--take, -o and --problem-out belong together")
    if as_json and STANDARD in (output, problem_out):
        raise typer.BadParameter("--json and -o - would both write to standard output")
    check_apart([output, problem_out], [problem, schedule, client, expected])
    for name in (output, problem_out):
        if name is not None:
            check_file(name)
    view = view_of(ledger, on)
    given, week = read_both(problem, schedule)
    known = _known(expected)
    found = _ask(given, week, client, waiting, number, weeks, known, view)
    taken = take is not None and take <= len(found.proposals)
    if taken and take is not None and output is not None:
        after = found.proposals[take - 1].schedule
        papers = [(problem_out, found.problem)]
        write_taken("intake", output, found.problem, week, after, papers, overwrite=overwrite)
    if as_json:
        emit(json.dumps(found.to_dict(brief=True), ensure_ascii=False))
    else:
        to = console(err=STANDARD in (output, problem_out))
        for line in found.sentences():
            hanging(to, line.lstrip(), indent=3 if line.startswith("   ") else 0)
    if take is not None and not taken:
        complain(f"There is no proposal {take}. Nothing was written.")
    if not found.proposals or (take is not None and not taken):
        raise typer.Exit(1)


def _known(name: str | None) -> ExpectedChanges | None:
    from safeschedule.caseload.panels import read_expected

    return None if name is None else read_expected(source(name))


def _ask(
    problem: Problem,
    week: Schedule,
    new: str | None,
    waiting: str | None,
    number: int,
    weeks: int,
    known: ExpectedChanges | None,
    view: LedgerView | None,
) -> IntakeRouting:
    from safeschedule.cli.progress import display
    from safeschedule.cli.watching import Words, watched
    from safeschedule.routing import read_referral, route_intake

    referred = None if new is None else read_referral(source(new))
    client = waiting or "" if referred is None else referred.client
    request = None if referred is None else referred.request

    def work(_hear: object, stop: threading.Event) -> IntakeRouting:
        return route_intake(
            *(problem, week, client, request, number),
            weeks=weeks,
            expected=known,
            ledger=view,
            stop=stop,
        )

    words = Words(stopping="Stopping: what was found so far will be told. Once more to abort.")
    return watched(work, display(quiet=True), words)
