"""The files that a team works with: a page, a table and calendars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safeschedule.cli.outputs import writing

if TYPE_CHECKING:
    from safeschedule.problem import Problem
    from safeschedule.result import Result

PAGE, TABLE, CALENDARS = "rota.html", "rota.csv", "calendars"


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
        write_ics(problem, schedule, folder / CALENDARS)

    writing(write)
    return [folder / PAGE, folder / TABLE, folder / CALENDARS]
