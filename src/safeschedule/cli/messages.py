"""``safeschedule messages``: what is answered in which coordination block, and what has no place."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from safeschedule.cli.console import console, emit
from safeschedule.cli.inputs import ProblemFile, ScheduleFile, read_both
from safeschedule.cli.summary import hanging

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of words.")]


def messages(problem: ProblemFile, schedule: ScheduleFile, as_json: Json = False) -> None:
    """Tell what is answered in which coordination block, in time, and what has no place."""
    from safeschedule.caseload.messages import message_queue

    given, week = read_both(problem, schedule)
    found = message_queue(given, week)
    if as_json:
        emit(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        to = console()
        for line in str(found).splitlines():
            hanging(to, line.lstrip(), indent=4 if line.startswith("  ") else 2)
