"""``safeschedule suggest``: the best slots for one session."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import complain, console, emit
from safeschedule.cli.inputs import STANDARD, ProblemFile, ScheduleFile, read_both
from safeschedule.cli.moments import moment
from safeschedule.cli.new_request import read_new
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, output_name
from safeschedule.cli.summary import hanging
from safeschedule.cli.taking import write_taken

if TYPE_CHECKING:
    import threading

    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule
    from safeschedule.suggesting import Suggestions

RequestCode = Annotated[str | None, typer.Option("--request", metavar="ID", help="The request's code.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="Which of several: its start now, as 2026-10-06T10:00."),
]
Number = Annotated[int, typer.Option("-n", min=1, max=50, metavar="N", help="How many slots at most.")]
New = Annotated[
    str | None,
    typer.Option("--new", metavar="FILE", help="A new request, perhaps with its new client (JSON)."),
]
Move = Annotated[bool, typer.Option("--move", help="The session is placed: find other slots for it.")]
Take = Annotated[
    int | None,
    typer.Option("--take", min=1, metavar="K", help="Write the schedule with slot K to -o."),
]
Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        callback=output_name,
        help="Where the schedule with the slot goes, or -.",
    ),
]
ProblemOut = Annotated[
    str | None,
    typer.Option(
        "--problem-out",
        metavar="FILE",
        callback=output_name,
        help="Where the problem with the new request goes.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def suggest(
    problem: ProblemFile,
    schedule: ScheduleFile,
    request: RequestCode = None,
    number: Number = 5,
    new: New = None,
    move: Move = False,
    at: At = None,
    take: Take = None,
    output: Output = None,
    problem_out: ProblemOut = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
) -> None:
    """List the best slots for one more session of a request, with everything that each would change.

    Nobody else's appointment moves, and no hard rule that is kept now is broken. Without a slot it says why.
    """
    _check_use((problem, schedule), request, new, move, take, output, problem_out, as_json)
    given, week = read_both(problem, schedule)
    known, code = (given, request) if new is None else read_new(given, new)
    answer = _ask(known, week, code or "", number, moving=move, at=at)
    taken = take is not None and take <= len(answer.slots)
    if taken and take is not None and output is not None:
        after = answer.slots[take - 1].schedule
        papers = [(problem_out, answer.problem)]
        write_taken("suggest", output, answer.problem, week, after, papers, overwrite=overwrite)
    if as_json:
        emit(json.dumps(answer.to_dict(brief=True), ensure_ascii=False))
    else:
        _tell(answer, output, [problem_out, output] if taken else [])
    if take is not None and not taken:
        complain(f"There is no slot {take}. Nothing was written.")
    if not answer.slots or (take is not None and not taken):
        raise typer.Exit(1)


def _check_use(
    read: tuple[str, str],
    request: str | None,
    new: str | None,
    move: bool,
    take: int | None,
    output: str | None,
    problem_out: str | None,
    as_json: bool,
) -> None:
    if (request is None) == (new is None):
        raise typer.BadParameter("expected either --request or --new")
    if new is not None and move:
        raise typer.BadParameter("--move is for a session that is placed; --new is for one that is not")
    if (take is None) != (output is None):
        raise typer.BadParameter("--take and -o belong together")
    if problem_out is not None and (new is None or take is None):
        raise typer.BadParameter("--problem-out belongs to --new and --take")
    if as_json and output == STANDARD:
        raise typer.BadParameter("--json and -o - would both write to standard output")
    check_apart([output, problem_out], [*read, new])
    for name in (output, problem_out):
        if name is not None:
            check_file(name)


def _ask(
    problem: Problem, week: Schedule, code: str, number: int, *, moving: bool, at: str | None
) -> Suggestions:
    from safeschedule.cli.progress import display
    from safeschedule.cli.watching import Words, watched

    when = None if at is None else moment(at, "--at")

    def work(_hear: object, stop: threading.Event) -> Suggestions:
        from safeschedule.suggesting import suggest, suggest_moves

        if moving:
            return suggest_moves(problem, week, code, number, at=when, stop=stop)
        return suggest(problem, week, code, number, stop=stop)

    words = Words(stopping="Stopping: what was found so far will be told. Once more to abort.")
    return watched(work, display(quiet=True), words)


def _tell(answer: Suggestions, output: str | None, written: list[str | None]) -> None:
    to = console(err=output == STANDARD)
    hanging(to, answer.head(), indent=0)
    for number, slot in enumerate(answer.slots, 1):
        first, *rest = slot.sentences()
        hanging(to, f"{number}. {first}", indent=0)
        for line in rest:
            hanging(to, line, indent=3)
    for line in answer.tail():
        hanging(to, line, indent=0)
    for name in written:
        if name not in (None, STANDARD):
            to.print(f"Written: {name}", soft_wrap=True)
