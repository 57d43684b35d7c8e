"""``safeschedule explain``: why requests are left out, or why there is no schedule, and what would help."""

from __future__ import annotations

import json
import math
import threading
from typing import TYPE_CHECKING, Annotated, cast

import typer

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.inputs import ProblemFile, read_both
from safeschedule.cli.no_schedule import (
    ExceptionFile,
    Output,
    Owner,
    Papers,
    ReviewOn,
    Take,
    explain_week,
)
from safeschedule.cli.outputs import Overwrite
from safeschedule.cli.progress import display
from safeschedule.cli.solve import Json, Quiet, number
from safeschedule.cli.summary import hanging
from safeschedule.cli.watching import Words, watched

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.explaining.unplaced.answers import Explanation, LeftOutAccount
    from safeschedule.problem import Problem
    from safeschedule.schedule import Schedule
    from safeschedule.solving.progress import OnProgress

Given = Annotated[
    str | None, typer.Argument(help="Schedule file (JSON or CSV); - for standard input.", metavar="SCHEDULE")
]
Asked = Annotated[
    str | None, typer.Option("--request", metavar="ID", help="The one to explain; by itself all left out.")
]
TimeLimit = Annotated[
    float,
    typer.Option(min=0.1, metavar="SECONDS", callback=number, help="Longest search, inf for none."),
]


def explain(
    problem: ProblemFile,
    schedule: Given = None,
    request: Asked = None,
    time_limit: TimeLimit = 60.0,
    take: Take = None,
    output: Output = None,
    exception: ExceptionFile = None,
    owner: Owner = "",
    review_on: ReviewOn = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Explain why requests are left out of a schedule, or without one why there is none.

    With a schedule: what blocks each request that is left out, and the cheapest ways in, the most
    valuable request first. Without: the rules and facts that clash, and what would mend it. Ctrl-C tells
    what is known so far.
    """
    if schedule is None:
        if request is not None:
            raise typer.BadParameter("--request needs a schedule: safeschedule explain PROBLEM SCHEDULE")
        explain_week(
            problem,
            time_limit,
            Papers(
                take, output, exception, owner, None if review_on is None else review_on.date(), overwrite
            ),
            as_json=as_json,
            quiet=quiet,
        )
        return
    if take is not None or output is not None or exception is not None:
        raise typer.BadParameter("--take, -o and --exception are for weeks without a schedule")
    _left_out(*read_both(problem, schedule), request, time_limit, as_json=as_json, quiet=quiet)


def _left_out(
    problem: Problem,
    schedule: Schedule,
    request: str | None,
    time_limit: float,
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    account, wrong = _account(problem, schedule, request, time_limit, quiet=quiet)
    if as_json:
        emit(json.dumps(account.to_dict(brief=True) | {"contradicted": list(wrong)}, ensure_ascii=False))
    else:
        _tell(console(), account)
    if account.missed:
        _complain(account, wrong)
        raise typer.Exit(1)


def _account(
    problem: Problem, schedule: Schedule, request: str | None, time_limit: float, *, quiet: bool
) -> tuple[LeftOutAccount, tuple[str, ...]]:
    """Return what was found, and the requests against which the schedule names rules wrongly."""
    from safeschedule.errors import MissedPlacementError

    def work(hear: OnProgress, stop: threading.Event) -> LeftOutAccount:
        from safeschedule.explaining.unplaced.explain import explain_left_out

        limit = time_limit if math.isfinite(time_limit) else None
        return explain_left_out(problem, schedule, request, time_limit=limit, stop=stop, on_progress=hear)

    words = Words("Stopping: what is known so far will be told. Once more to abort.", "Aborted.")
    try:
        return watched(work, display(quiet), words), ()
    except MissedPlacementError as error:
        return cast("LeftOutAccount", error.account), error.requests


def _tell(to: Console, account: LeftOutAccount) -> None:
    if not account.explanations and not account.not_reached:
        to.print("Nothing is left out.", style="bold green")
    for explanation in account.explanations:
        _tell_one(to, explanation)
    if account.not_reached:
        ended = "it was stopped" if account.interrupted else "the time ended"
        hanging(
            to,
            f"{len(account.not_reached)} more left out, not reached before {ended}: "
            f"{', '.join(account.not_reached)}",
            indent=0,
        )


def _tell_one(to: Console, explanation: Explanation) -> None:
    many = f", {explanation.sessions} sessions" if explanation.sessions > 1 else ""
    to.print(plain(f"{explanation.request}{many} (value {explanation.value:,})"), style="bold")
    if explanation.reason.kind != "not_examined":
        hanging(to, explanation.reason.reason)
    if explanation.missed is not None:
        hanging(to, f"It fits at no cost. {explanation.missed}")
    if explanation.barriers:
        to.print("  What blocks it:")
    for barrier in explanation.barriers:
        hanging(to, barrier, indent=4)
    for way in explanation.ways:
        to.print("  Way in by overtime:" if way.overtime else "  Cheapest way in:")
        hanging(to, str(way), indent=4)
    for note in explanation.notes:
        hanging(to, note)
    if not explanation.complete:
        hanging(to, "Not everything was tried; a longer time limit may find more.")
    to.print()


def _complain(account: LeftOutAccount, wrong: tuple[str, ...]) -> None:
    named = ", ".join(explanation.request for explanation in account.missed)
    said = (
        f" The schedule names rules that stand against {', '.join(wrong)}, which is wrong." if wrong else ""
    )
    complain(
        f"Left out although there is room at no cost: {named}.{said} "
        "Plan again with a longer time limit; where the search had ended by itself, please report it."
    )
