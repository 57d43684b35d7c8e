"""The files that a team works with: a page, a table and calendars."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from safeschedule.cli.outputs import writing

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.result import Result

PAGE, TABLE, CALENDARS = "rota.html", "rota.csv", "calendars"


class Revision(TypedDict):
    """What tells a calendar program that these events are newer than those it has."""

    stamp: datetime
    sequence: int


def revision() -> Revision:
    """Return the present time, also as a number that rises, so that moved sessions are taken over."""
    now = datetime.now(UTC)
    return Revision(stamp=now, sequence=int(now.timestamp()))


def write_rota(problem: Problem, result: Result, folder: Path) -> list[Path]:
    """Write the page, the table and the calendars of a result, and return where they are."""
    from safeschedule.exchange.csv_rota import write_csv
    from safeschedule.exchange.ics import write_ics
    from safeschedule.reports.html import write_html

    schedule, account = result.schedule, result.verification
    assert schedule is not None
    assert account is not None

    def write() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        write_html(problem, schedule, account, folder / PAGE, result)
        write_csv(problem, schedule, folder / TABLE)
        write_ics(problem, schedule, folder / CALENDARS, **revision())

    writing(write)
    return [folder / PAGE, folder / TABLE, folder / CALENDARS]
