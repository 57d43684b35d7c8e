"""``safeschedule explain``: why requests are left out, and the cheapest ways in."""

from __future__ import annotations

import json
import math
import threading
from typing import TYPE_CHECKING, Annotated, cast

import typer

from safeschedule.cli.console import complain, console, emit, plain
from safeschedule.cli.inputs import ProblemFile, read_both
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
    str | None, typer.Argument(help="Schedule file (JSON); - for standard input.", metavar="SCHEDULE")
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
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Explain why requests are left out of a schedule, and find the cheapest ways in.

    The most valuable ones come first. Ctrl-C tells what is known so far.
    """
    if schedule is None:
        _without_schedule()
        return
    _left_out(*read_both(problem, schedule), request, time_limit, as_json=as_json, quiet=quiet)


def _without_schedule() -> None:
    raise typer.BadParameter("a schedule is needed: safeschedule explain PROBLEM SCHEDULE")


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
        emit(json.dumps(account.as_dict() | {"contradicted": list(wrong)}, ensure_ascii=False))
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
