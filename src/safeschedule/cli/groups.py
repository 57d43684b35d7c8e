"""``safeschedule groups``: who could come to which group, who not and why, and what that frees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import ProblemFile, ScheduleFile, read_both
from safeschedule.cli.summary import hanging

if TYPE_CHECKING:
    from rich.console import Console

    from safeschedule.caseload.groups import GroupAnswer

Criteria = Annotated[
    str | None, typer.Option(metavar="FILE", help="Who is appropriate for which group (TOML).")
]
Why = Annotated[bool, typer.Option("--why", help="Also who could not come, and why.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def groups(
    problem: ProblemFile,
    schedule: ScheduleFile,
    criteria: Criteria = None,
    why: Why = False,
    as_json: Json = False,
) -> None:
    """Tell who of panels and waitlist could come to each group, and what that does to weeks.

    A group shifts work and does not add to it when it takes no more minutes than it frees.
    """
    from safeschedule.caseload.groups import read_group_rules
    from safeschedule.caseload.groups.asking import group_eligibility

    given, week = read_both(problem, schedule)
    found = group_eligibility(given, week, None if criteria is None else read_group_rules(criteria))
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    to = console()
    for answer in found.groups:
        _tell(to, answer, why=why)
    if not found.groups:
        to.print("There are no groups.")


def _tell(to: Console, answer: GroupAnswer, *, why: bool) -> None:
    for line in answer.sentences():
        hanging(to, line, indent=2)
    for waits, who in ((False, "On caseloads"), (True, "Waiting")):
        able = [
            f"{each.client}{' *' if each.moves else ''}"
            for each in answer.candidates
            if each.eligible and (each.clinician is None) is waits
        ]
        if able:
            hanging(to, f"{who}: {', '.join(able)}.", indent=2)
    if any(each.moves for each in answer.candidates):
        to.print("* counted on above: as far as there are seats.")
    for each in answer.candidates if why else ():
        if not each.eligible:
            hanging(to, f"{each.client}: {' '.join(reason.sentence for reason in each.reasons)}", indent=2)
