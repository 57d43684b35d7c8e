"""``safeschedule huddle``: the agenda of an allocation huddle."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import ProblemFile, read_both, read_problem
from safeschedule.cli.ledger.options import On, Where, as_of
from safeschedule.cli.summary import MOST, hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload.huddle import Huddle

MaybeSchedule = Annotated[
    str | None, typer.Argument(metavar="[SCHEDULE]", help="Its schedule: new clients count for its people.")
]
Past = Annotated[
    Path | None,
    typer.Option("--actuals", metavar="FOLDER", help="What happened: new flags and missed visits."),
]
Since = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="From when these are new; by itself from the last huddle on.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def huddle(
    problem: ProblemFile,
    where: Where,
    schedule: MaybeSchedule = None,
    actuals: Past = None,
    since: Since = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Tell what a huddle speaks of: new risk, what nobody owns, who is over a limit, what is late.

    What comes of it goes into the ledger by ledger add: huddle_held, huddle_action,
    and plan_accepted with huddle=NUMBER for a week that was planned again.
    """
    from safeschedule.actuals import read_actuals_folder
    from safeschedule.caseload.huddle import huddle_agenda
    from safeschedule.ledger import ledger_view, read_ledger

    given, week = (read_problem(problem), None) if schedule is None else read_both(problem, schedule)
    view = ledger_view(read_ledger(where), as_of(on))
    past = () if actuals is None else read_actuals_folder(actuals)
    found = huddle_agenda(given, view, week, actuals=past, since=None if since is None else since.date())
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        _tell(console(), found)


def _tell(to: Console, found: Huddle) -> None:
    from safeschedule.caseload.huddle import TITLES, HuddleTopic

    to.print(f"Huddle on {found.on}", style="bold")
    hanging(to, "There is no huddle in the ledger." if found.last is None else str(found.last), indent=0)
    for topic, title in TITLES.items():
        own = found.of(topic)
        to.print(f"{title}: {found.count(topic)}", style="bold")
        for item in own[:MOST]:
            hanging(to, str(item), style="bold red" if item.overdue else None)
        if len(own) > MOST:
            to.print(f"  ... and {len(own) - MOST} more; --json tells all of them")
    said = {
        "flagged": dict.fromkeys(item.about for item in found.of(HuddleTopic.FLAG)),
        "over": dict.fromkeys(item.about for item in found.of(HuddleTopic.OVER)),
    }
    fields = " ".join(f"{name}={','.join(codes)}" for name, codes in said.items() if codes)
    hanging(to, f"To be written down: ledger add huddle_held present=CODE,... {fields}".rstrip(), indent=0)
